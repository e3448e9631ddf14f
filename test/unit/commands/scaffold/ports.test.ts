import { expect, test } from 'vitest'
import { detect } from '../../../../src/commands/scaffold/stacks.ts'
import { dockerfile } from '../../../../src/commands/scaffold/files.ts'

const projects = (files: Readonly<Record<string, string>>) =>
  detect({ name: 'shop', names: Object.keys(files), text: (file) => files[file] })

const spring = (name: string, text: string): Readonly<Record<string, string>> => ({
  'pom.xml': '<plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin>',
  [`src/main/resources/${name}`]: text,
})
const go = (
  main: string,
  files: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => ({
  'go.mod': 'module shop\n\ngo 1.25\n',
  'main.go': `package main\n\nfunc main() {\n\t${main}\n}\n`,
  ...files,
})
const rust = (
  main: string,
  files: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => ({
  'Cargo.toml': '[package]\nname = "shop"\n',
  'src/main.rs': main,
  ...files,
})
const rails = (puma: string): Readonly<Record<string, string>> => ({
  Gemfile: 'gem "rails"\n',
  'config.ru': '',
  'config/puma.rb': puma,
})

test.each<[string, Readonly<Record<string, string>>, number]>([
  ['properties of Spring', spring('application.properties', 'a=b\r\nserver.port = 9093\r\n'), 9093],
  ['a variable with a default', spring('application.properties', 'server.port=${PORT:8085}\n'), 8085],
  ['a port in quotes', spring('application.yml', 'server:\n  port: "9097"\n'), 9097],
  [
    'a port behind a comment and a blank line',
    spring('application.yaml', 'server: # web\r\n\r\n# where\r\n  port: 9096\r\n'),
    9096,
  ],
  ['settings in the folder config', spring('config/application.yml', 'server:\n  port: 9095\n'), 9095],
  [
    'no port of what only watches it',
    spring('application.yml', 'management:\n  server:\n    port: 9001\n'),
    8080,
  ],
  ['a constant of Go', go('const port = 8085'), 8085],
  ['a flag of Go', go('addr := flag.String("addr", ":4000", "where it listens")'), 4000],
  ['the default of a variable of Go', go('if port == "" {\n\t\tport = "8081"\n\t}'), 8081],
  ['no port of a database in Go', go('dbPort := 5432\n\tredisAddr = "localhost:6379"'), 8080],
  [
    'a server of Go in a package of its own',
    go('server.Run()', { 'internal/server/server.go': 'srv := &http.Server{Addr: ":9100"}' }),
    9100,
  ],
  [
    'settings of Go',
    go('server.Run()', { 'config/config.yaml': 'database:\n  port: 5432\nserver:\n  port: 8090\n' }),
    8090,
  ],
  ['a constant of Rust', rust('const PORT: u16 = 8083;'), 8083],
  [
    'the default of a variable of Rust',
    rust('let port = std::env::var("PORT").unwrap_or_else(|_| "8084".into());'),
    8084,
  ],
  ['an argument of Rust', rust('#[arg(long, default_value_t = 1)]\nlet port = args.port;'), 8080],
  [
    'settings of Rust',
    rust('', { 'configuration/base.yaml': 'application:\n  port: 8000\ndatabase:\n  port: 5432\n' }),
    8000,
  ],
  ['settings of Rust in TOML', rust('', { 'config.toml': '[database]\nport = 5432\n' }), 8080],
  ['Puma with a default', rails('threads 3, 3\nport ENV.fetch("PORT") { 3100 }\n'), 3100],
  ['Puma with a default of another form', rails('port ENV.fetch("PORT", 3200)\n'), 3200],
  ['Puma with a number', rails('# port 1111\nport 9292\n'), 9292],
  ['Puma with an address', rails('bind "tcp://0.0.0.0:3300"\n'), 3300],
  [
    'Flask with the default of a variable',
    { 'requirements.txt': 'flask\n', 'app.py': 'app.run(port=int(os.environ.get("PORT", 5001)))\n' },
    5001,
  ],
])('the port is found: %s', (_, files, port) => expect(projects(files)[0]).toMatchObject({ port }))

test('Rocket listens where others reach it, on the port of its settings', () => {
  const files = {
    'Cargo.toml': '[package]\nname = "shop"\n[dependencies]\nrocket = "0.5"\n',
    'src/main.rs': '#[launch]\nfn rocket() -> _ {}\n',
  }
  expect(projects(files)[0]).toMatchObject({ port: 8000 })
  const [project] = projects({ ...files, 'Rocket.toml': '[default]\nport = 8001\n' })
  expect(dockerfile(project!)).toContain('\nENV ROCKET_ADDRESS=0.0.0.0 \\\n    ROCKET_PORT=8001\n')
})

test('a program of Go is found in a file of any name', () =>
  expect(
    projects({
      'go.mod': 'module shop\n',
      'shop.go': 'package shop\n',
      'cmd/api/api.go': 'package main\n\nfunc main() {}\n',
      'cmd/api/api_test.go': 'package main\n',
    }),
  ).toMatchObject([{ entry: './cmd/api', name: 'shop' }]))
