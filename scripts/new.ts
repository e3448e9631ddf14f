// Makes the start of what one adds. Usage: npm run new rule ID | npm run new compose-rule ID
import { readFileSync, writeFileSync } from 'node:fs'
import { newRule } from './new-rule.ts'

const [what, id] = process.argv.slice(2)
if ((what === 'rule' || what === 'compose-rule') && id !== undefined) {
  const kind = what === 'rule' ? 'dockerfile' : 'compose'
  const index = `src/language/rules/${kind}/index.ts`
  const made = newRule(kind, id, readFileSync(index, 'utf8'))
  writeFileSync(made.file, made.text, { flag: 'wx' })
  writeFileSync(index, made.index)
  console.log(`written: ${made.file}, ${index}`)
  console.log('Next: write the rule, run `npx vitest run test/unit/language/rules`, then `npm run gen`.')
} else {
  console.error('usage: npm run new rule ID | npm run new compose-rule ID')
  process.exitCode = 1
}
