import { describe, expect, test } from 'vitest'
import { levelOfLine } from '../../../src/logs/level.ts'
import { levels } from '../../../src/logs/line-flags.ts'

const level = (line: string): string => levels[levelOfLine(Buffer.from(line))]

describe('the level that a line says it has', () => {
  test.each([
    // JSON
    ['{"level":"warn","msg":"disk"}', 'warn'],
    ['{"time":"2026-01-02T03:04:05Z","level":"ERROR","msg":"x"}', 'error'],
    ['{"level":30,"time":1,"msg":"pino"}', 'info'],
    ['{"level":50,"time":1,"msg":"pino"}', 'error'],
    ['{"level":3,"short_message":"gelf"}', 'error'],
    ['{"t":{"$date":"2026"},"s":"I","c":"NETWORK","msg":"mongo"}', 'info'],
    ['{"severity":"CRITICAL","message":"gcp"}', 'fatal'],
    ['{"log.level":"debug","message":"ecs"}', 'debug'],
    ['{"@l":"Warning","@m":"serilog"}', 'warn'],
    ['{"levelname": "INFO", "message": "python"}', 'info'],
    ['{"msg":"the level is fine"}', 'none'],
    ['{"level":"dpanic","ts":1,"msg":"zap"}', 'fatal'],
    ['{"Timestamp":"2026","Level":"Information","MessageTemplate":"serilog"}', 'info'],
    ['{"EventId":0,"LogLevel":"Warning","Message":".NET"}', 'warn'],
    ['{"@timestamp":"2026","log":{"level":"error","logger":"x"},"message":"ecs, nested"}', 'error'],
    ['{"@timestamp":"2026","level":"ERROR","level_value":40000,"message":"logback"}', 'error'],
    ['{"time":"2026","level":"ERROR+4","msg":"slog"}', 'error'],
    ['{"message":"x","level":300,"level_name":"WARNING"}', 'warn'],
    ['{"message":"x","level":550}', 'fatal'],
    ['{"SeverityText":"ERROR","SeverityNumber":17,"Body":"otel"}', 'error'],
    ['{"request":{"level":"error"},"level":"info","msg":"the outer one counts"}', 'info'],
    ['{"note":"}{","request":{"level":"error"},"msg":"the inner one is better than none"}', 'error'],
    ['{"msg":"say \\"level\\":\\"error\\"","level":"info"}', 'info'],
    // logfmt
    ['time=2026 level=ERROR+4 msg=slog', 'error'],
    ['lvl=eror msg=log15', 'error'],
    ['time="2026-01-02T03:04:05Z" level=error msg="INFO is not it"', 'error'],
    ['ts=2026 caller=x lvl=warn msg=x', 'warn'],
    ['level="debug" msg=x', 'debug'],
    ['msg="ERROR in a quoted text" status=200', 'none'],
    // klog, syslog, redis
    ['E0102 15:04:05.000000       1 reflector.go:126] failed', 'error'],
    ['I0102 15:04:05.000000 1 main.go:1] ok', 'info'],
    ['<3>kernel: bad', 'error'],
    ['<134>app: ok', 'info'],
    ['1:M 02 Jan 2026 03:04:05.000 # Warning: no config file', 'warn'],
    ['1:M 02 Jan 2026 03:04:05.000 * Ready to accept connections', 'info'],
    // text
    ['2026-01-02 03:04:05.000  INFO 1 --- [main] c.e.App : Started', 'info'],
    ['2026-01-02 03:04:05,000 [main] ERROR com.example.App - failed', 'error'],
    ['[2026-01-02T03:04:05Z WARN  app::net] slow', 'warn'],
    ['2026-01-02T03:04:05.000Z\tDEBUG\tmain.go:1\tx', 'debug'],
    ['2026/01/02 03:04:05 [error] 31#31: *1 open() failed', 'error'],
    ['[Fri Jan 02 03:04:05.000 2026] [core:error] [pid 1] x', 'error'],
    ['2026-01-02T03:04:05.000000Z 0 [Warning] [MY-010068] [Server] CA', 'warn'],
    ['2026-01-02 03:04:05.000 UTC [1] LOG:  database system is ready', 'info'],
    ['2026-01-02 03:04:05.000 UTC [1] FATAL:  role does not exist', 'fatal'],
    ['2026-01-02 03:04:05.000 UTC [1] DEBUG1:  x', 'debug'],
    ['ERROR:root:boom', 'error'],
    ['INFO:     127.0.0.1:50000 - "GET / HTTP/1.1" 200 OK', 'info'],
    ['[2026-01-02 03:04:05 +0000] [1] [INFO] Listening', 'info'],
    ['[2026-01-02 03:04:05,000: WARNING/MainProcess] celery', 'warn'],
    ['I, [2026-01-02T03:04:05.0 #1]  INFO -- : ruby', 'info'],
    ['[2026-01-02 03:04:05] local.ERROR: laravel', 'error'],
    ['[12:00:00 INF] serilog', 'info'],
    ['info: Microsoft.Hosting.Lifetime[0]', 'info'],
    ['fail: Microsoft.AspNetCore[1]', 'error'],
    ['2026-01-02 03:04:05 error: winston', 'error'],
    ['npm ERR! code ELIFECYCLE', 'error'],
    ['\u001b[32mINFO\u001b[0m server started', 'info'],
    ['\u001b[31m[ERROR]\u001b[39m bad', 'error'],
    ['[2026-01-02 03:04:05.000][1][info][main] envoy', 'info'],
    ['[NOTICE]   (1) : haproxy', 'info'],
    ['SEVERE: java util logging', 'error'],
    ['panic: runtime error: index out of range', 'fatal'],
    ['Traceback (most recent call last):', 'error'],
    ['java.lang.NullPointerException: x', 'error'],
    ['TypeError: x is not a function', 'error'],
    ['WARN[0012] logrus', 'warn'],
    ['\u001b[31mERRO\u001b[0m[0003] logrus', 'error'],
    ['FATA[0003] logrus', 'fatal'],
    ['2026-01-02T03:04:05.000Z\tDPANIC\tmain.go:1\tzap', 'fatal'],
    ['INFO [01-02|03:04:05.000] geth', 'info'],
    ['2026-01-02T03:04:05Z [\u001b[32m\u001b[1minfo     \u001b[0m] \u001b[1mstructlog\u001b[0m', 'info'],
    ['\u001b[40m\u001b[32mwarn\u001b[39m\u001b[22m\u001b[49m: Microsoft.Hosting', 'warn'],
    ['\u001b[33mwarn\u001b[39m  - next', 'warn'],
    ['info  - next', 'info'],
    ['[Nest] 1  - 01/02/2026, 3:04:05 AM     LOG [NestFactory] Starting', 'info'],
    ['2026-01-02 03:04:05.123 | SUCCESS  | __main__:<module>:1 - loguru', 'info'],
    ['error[E0308]: mismatched types', 'error'],
    ['error TS2304: Cannot find name', 'error'],
    ['PHP Fatal error:  Uncaught Exception: bad', 'fatal'],
    // none of it is a level
    ['info desk opens', 'none'],
    ['error[0] = 3', 'none'],
    ['args[0] and error[1]', 'none'],
    ['BUILD SUCCESS', 'none'],
    ['there was an error in the sentence', 'none'],
    ['the information desk: open', 'none'],
    ['GET /error HTTP/1.1 200', 'none'],
    ['127.0.0.1 - - [02/Jan/2026:03:04:05 +0000] "GET /ERROR HTTP/1.1" 200', 'none'],
    ['INFORMATIONAL', 'info'],
    ['ERRORS: 3', 'none'],
    ['writing LOG to disk', 'none'],
    ['catalog: all', 'none'],
    ['', 'none'],
    ['   ', 'none'],
    ['\u0000\u0001', 'none'],
  ])('%s', (line, expected) => {
    expect(level(line)).toBe(expected)
  })

  test('bytes that are no text, cut anywhere, never throw', () => {
    const bytes = Buffer.from('{"level":"\xff\x1b[31 <9 I0102 1:M 02 level=', 'latin1')
    for (let from = 0; from < bytes.length; from += 1)
      for (let to = from; to <= bytes.length; to += 1)
        expect(() => levelOfLine(bytes.subarray(from, to))).not.toThrow()
  })
})
