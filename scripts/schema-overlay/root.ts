import type { WordTable } from './words.ts'

export const rootWords: WordTable = {
  version: 'Obsolete. Compose v2 ignores it and warns; leave it out.',
  name: [
    'The name of the project. It stands before the names of containers, networks and volumes. Without it the name of the folder is taken; `-p` and `COMPOSE_PROJECT_NAME` count before it.',
    'name: shop',
  ],
  include: [
    'Other compose files to take in, each with paths and variables of its own folder. Names must not collide.',
    'include:\n  - monitoring/compose.yaml\n  - path: ../shared/compose.yaml\n    env_file: ../shared/.env',
    '2.20.3',
  ],
  services: [
    'The parts of the application. Each becomes one or more containers with the same image and settings.',
    'services:\n  web:\n    image: nginx:1.27\n    ports:\n      - "8080:80"',
  ],
  models: [
    'AI models that services use. Compose runs them and tells the services where they are.',
    'models:\n  chat:\n    model: ai/smollm2',
    '2.38',
  ],
  networks: [
    'Networks that services share. Without any, all services are on `default`.',
    'networks:\n  front:\n  back:\n    internal: true',
  ],
  volumes: [
    'Named volumes. They outlive their containers and can be shared between services.',
    'volumes:\n  data:\n  cache:\n    driver: local',
  ],
  secrets: [
    'Sensitive texts that services get as files under `/run/secrets`.',
    'secrets:\n  db_password:\n    file: ./db_password.txt',
  ],
  configs: ['Files that services get without a new image.', 'configs:\n  nginx:\n    file: ./nginx.conf'],
}
