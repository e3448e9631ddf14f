import { describe, expect, test } from 'vitest'
import { structuredLine } from '../../../src/logs/fields.ts'
import { levels } from '../../../src/logs/line-flags.ts'

/** `format level “message” key=value …` */
function shown(text: string): string {
  const line = structuredLine(text)
  if (line === undefined) return 'text'
  const fields = line.fields.map(({ key, value }) => ` ${key}=${value}`).join('')
  return `${line.format} ${levels[line.level]} “${line.message}”${fields}`
}

describe('structured lines are shown as message and fields', () => {
  test.each([
    ['{"level":"warn","msg":"disk low","free":3,"path":"/var"}', 'json warn “disk low” free=3 path=/var'],
    ['{"time":"2026","severity":"ERROR","message":"x","a":{"b":[1,2]}}', 'json error “x” a={"b":[1,2]}'],
    ['{"level":30,"time":1,"pid":7,"msg":"pino"}', 'json info “pino” pid=7'],
    ['{"PRIORITY":"3","MESSAGE":"journald","_PID":"1"}', 'json error “journald” _PID=1'],
    ['{"priority":"3","msg":"job"}', 'json none “job” priority=3'],
    ['{"level":87,"msg":"battery"}', 'json none “battery” level=87'],
    [
      '{"@level":"warn","@message":"hclog","@timestamp":"2026","@module":"agent"}',
      'json warn “hclog” @module=agent',
    ],
    [
      '{"severity":"INFO","time":"2026-01-02T03:04:05.000Z","retry":3,"class":"W","message":"sidekiq"}',
      'json info “sidekiq” retry=3 class=W',
    ],
    [
      '{"level":"info","ts":1700000000.1,"logger":"http.log.access","msg":"caddy","status":500}',
      'json info “caddy” logger=http.log.access status=500',
    ],
    ['  {"@t":"2026","@m":"serilog","@l":"Warning"}  ', 'json warn “serilog”'],
    ['{"t":{"$date":"x"},"s":"I","c":"NET","msg":"mongo"}', 'json info “mongo” t={"$date":"x"} c=NET'],
    ['{"__proto__":"x","constructor":1,"msg":"m"}', 'json none “m” __proto__=x constructor=1'],
    ['{"a":null,"b":true}', 'json none “” a=null b=true'],
    ['{"level":{"x":1},"msg":["y"]}', 'json none “” level={"x":1} msg=["y"]'],
    [
      '{"Timestamp":"2026","Level":"Warning","MessageTemplate":"Hi {n}","RenderedMessage":"Hi 1"}',
      'json warn “Hi 1” MessageTemplate=Hi {n}',
    ],
    ['{"EventId":0,"LogLevel":"Error","Message":".NET"}', 'json error “.NET” EventId=0'],
    [
      '{"@timestamp":"2026","log":{"level":"error","logger":"a"},"message":"ecs"}',
      'json error “ecs” log.logger=a',
    ],
    [
      '{"timestamp":"2026","level":"WARN","fields":{"message":"tracing","n":1},"target":"app"}',
      'json warn “tracing” fields.n=1 target=app',
    ],
    ['{"SeverityText":"INFO","Body":"otel"}', 'json info “otel”'],
    ['{"level":300,"level_name":"WARNING","message":"monolog"}', 'json warn “monolog” level_name=WARNING'],
    ['time=2026 level=ERROR+4 msg=slog', 'logfmt error “slog”'],
    ['{}', 'text'],
    ['{"a":1', 'text'],
    ['[1,2]', 'text'],
    ['42', 'text'],
    ['{"a":1} trailing', 'text'],
    [
      'time=2026-01-02 level=error msg="disk \\"full\\"" path=/var/log',
      'logfmt error “disk "full"” path=/var/log',
    ],
    ['level=info msg=started port=80', 'logfmt info “started” port=80'],
    ['msg="two\\nlines" level=debug empty= x="" ', 'logfmt debug “two\nlines” empty= x='],
    ['a=1 b=2', 'text'],
    ['level=info', 'text'],
    ['level=info and then words', 'text'],
    ['GET /?level=info HTTP/1.1', 'text'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected)
  })

  test('folded out, nested values are indented', () => {
    expect(structuredLine('{"msg":"m","a":{"b":1}}')?.all).toEqual([
      { key: 'msg', value: 'm' },
      { key: 'a', value: '{\n  "b": 1\n}' },
    ])
  })

  test('a logfmt line with a quote that never ends is text at once', () => {
    expect(structuredLine(`level=info msg="${'\\"'.repeat(50_000)}`)).toBeUndefined()
  })
})
