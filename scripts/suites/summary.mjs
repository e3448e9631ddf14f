// What a run says in the end.

const count = (tests, ...states) => tests.filter(({ state }) => states.includes(state)).length

/** Prints table, failures and the closing line; answers the exit code. */
export function summarize(suites, { showSeconds = false } = {}) {
  // A suite that executed nothing has shown nothing.
  for (const suite of suites)
    if (count(suite.tests, 'passed', 'failed', 'flaky') === 0)
      suite.tests.push({ title: suite.name, state: 'failed', error: 'no test was executed' })
  const all = suites.flatMap(({ tests }) => tests)
  console.log('')
  row('suite', 'passed', 'failed', 'flaky', 'skipped', 'seconds')
  for (const { name, tests, seconds } of suites)
    row(
      name,
      count(tests, 'passed', 'flaky'),
      count(tests, 'failed'),
      count(tests, 'flaky'),
      count(tests, 'skipped'),
      seconds.toFixed(1),
    )
  if (showSeconds)
    for (const { title, seconds } of all.filter((test) => test.seconds > 0))
      console.log(`  ${title}: ${seconds.toFixed(1)} s`)
  list('Flaky (failed, then passed when tried again)', all, 'flaky', 6)
  list('Skipped', all, 'skipped', 0)
  list('Failed', all, 'failed', 25)
  const failed = count(all, 'failed')
  console.log(`\n${count(all, 'passed', 'flaky')} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
}

function list(heading, tests, state, lines) {
  const found = tests.filter((test) => test.state === state)
  if (found.length > 0) console.log(`\n${heading}:`)
  for (const [index, { title, error }] of found.entries()) {
    console.log(`  ${title}`)
    // The first ones with their words; a run that fails everywhere has them in its logs.
    if (error && index < 15)
      for (const line of error.split('\n').slice(0, lines)) console.log(`      ${line}`)
  }
}

function row(name, ...cells) {
  console.log(`${name.padEnd(10)}${cells.map((cell) => String(cell).padStart(9)).join('')}`)
}
