import { describe, expect, test } from 'vitest'
import { TraceReader } from '../../../src/logs/trace.ts'

/** Folds a log: what belongs to a trace is marked with `|`. */
function folded(log: string): string {
  const reader = new TraceReader()
  return log
    .split('\n')
    .map((line) => (reader.continues(Buffer.from(line)) ? `|${line}` : line))
    .join('\n')
}

/** The log is written with its marks; without them it must fold to the same. */
const check = (log: string): void => {
  expect(folded(log.replace(/^\|/gm, ''))).toBe(log)
}

describe('stack traces are told from other lines', () => {
  test('Java, with a cause', () => {
    check(`2026-01-02 ERROR request failed
java.lang.IllegalStateException: bad
|	at com.example.App.run(App.java:12)
|	at java.base/java.lang.Thread.run(Thread.java:840)
|Caused by: java.io.IOException: disk
|	at com.example.Disk.read(Disk.java:7)
|	... 2 more
2026-01-02 INFO next`)
  })

  test('JavaScript', () => {
    check(`TypeError: x is not a function
|    at Object.<anonymous> (/app/index.js:3:1)
|    at node:internal/main/run_main_module:23:47
listening`)
  })

  test('Python, with two exceptions; the last line says what went wrong and stays', () => {
    check(`Traceback (most recent call last):
|  File "/app/main.py", line 3, in <module>
|    main()
|    ^^^^^^
KeyError: 'a'
plain
Traceback (most recent call last):
|  File "/app/main.py", line 5, in <module>
ValueError: bad`)
  })

  test('Go', () => {
    check(`panic: runtime error: index out of range
|goroutine 1 [running]:
|main.main()
|	/app/main.go:5 +0x1d
|exit(status 2)
2026/01/02 next`)
  })

  test('.NET, Ruby, PHP, Rust', () => {
    check(`Unhandled exception. System.InvalidOperationException: x
|   at App.Main(String[] args) in /src/App.cs:line 4
|   --- End of inner exception stack trace ---
app.rb:3:in 'run': bad (RuntimeError)
|	from app.rb:7:in '<main>'
PHP Fatal error: Uncaught Exception: bad in /app/i.php:3
|Stack trace:
|#0 /app/i.php(7): f()
|#1 {main}
|  thrown in /app/i.php on line 3
thread 'main' panicked at src/main.rs:2:5:
|stack backtrace:
|   0: std::panicking::begin_panic
|             at /rustc/abc/library/std/src/panicking.rs:1:1
done`)
  })

  test('other indented text stays', () => {
    check(`configuration:
  port: 80
  at once
    nested
# comment
Starting
{
  "a": 1
}`)
  })
})
