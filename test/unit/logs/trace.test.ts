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

  test('Python: what joins two traces is part of them, and groups of exceptions', () => {
    check(`Traceback (most recent call last):
|  File "/a.py", line 1, in f
ValueError: a
|
|The above exception was the direct cause of the following exception:
|
|Traceback (most recent call last):
|  File "/a.py", line 2, in g
KeyError: 'b'
INFO after
  + Exception Group Traceback (most recent call last):
|  |   File "/a.py", line 1, in <module>
|  | ExceptionGroup: a (1 sub-exception)
|  +-+---------------- 1 ----------------
|    | ValueError: 1
|    +------------------------------------
INFO after`)
  })

  test('Node: fields of the error, its cause and the version below it', () => {
    check(`Error: x
|    at async main (file:///app/x.mjs:1:2) {
|  code: 'E',
|  [cause]: Error: y
|      at g (/app/i.js:1:1)
|}
|
|Node.js v20.1.0
next`)
  })

  test('Go: the empty line below the panic, several stacks, the status', () => {
    check(`fatal error: all goroutines are asleep - deadlock!
|
|goroutine 1 [chan receive]:
|main.main()
|	/app/main.go:5 +0x1d
|
|goroutine 18 [select]:
|net/http.(*Server).Serve(0xc000, {0x1, 0x2})
|	/x.go:1 +0x2
|created by main.main in goroutine 1
|	/x.go:2 +0x3
|exit status 2
panic: boom
next`)
  })

  test('.NET with an inner exception, PHP with an internal function, Laravel, Rust with advice and with anyhow', () => {
    check(`Unhandled exception. System.AggregateException: One (x)
| ---> System.InvalidOperationException: x
|   at App.Main(String[] args) in /src/App.cs:line 4
|   --- End of inner exception stack trace ---
PHP Fatal error: Uncaught Exception: bad in /app/i.php:3
|Stack trace:
|#0 /app/i.php(7): f()
|#1 [internal function]: g()
|#2 {main}
[2026-01-02 03:04:05] local.ERROR: bad {"exception":"[object] (Exception(code: 0): bad at /a.php:3)
|[stacktrace]
|#0 /a.php(7): f()
|#1 {main}
|"}
thread 'main' panicked at src/main.rs:2:5:
|stack backtrace:
|   0: rust_begin_unwind
|note: Some details are omitted, run with \`RUST_BACKTRACE=full\` for a verbose backtrace.
Error: failed

|Caused by:
|    0: x
|
|Stack backtrace:
|   0: anyhow::x
next`)
  })

  test('an empty line below a trace does not draw in what follows it', () => {
    check(`java.lang.Error: x
|	at a.B.c(B.java:1)
|
usage:
  --help`)
  })

  test('Rails, Puma and a Ruby program that ends: frames that are not indented', () => {
    check(`F, [2026-01-02T03:04:05.000000 #1] FATAL -- : [4f-1]
[4f-1] NoMethodError (undefined method \`name' for nil:NilClass):
|[4f-1] app/models/user.rb:3:in \`full_name'
|[4f-1] app/controllers/users_controller.rb:5:in \`block (2 levels) in index'
I, [2026-01-02T03:04:05.000000 #1]  INFO -- : Started GET "/"
2026-01-02 03:04:05 +0000 Rack app ("GET /x" - (127.0.0.1)): #<RuntimeError: x>
|/app/config.ru:3:in 'Object#call'
|/usr/local/bundle/gems/puma-6.4.0/lib/puma/request.rb:80:in 'block in Puma::Request#handle_request'
done
app/job.rb:3:in \`run': undefined method \`x' for nil:NilClass (NoMethodError)
|	from app/job.rb:9:in \`<main>'
note:3:in the end`)
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
