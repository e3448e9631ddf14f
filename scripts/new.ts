// Makes the start of what one adds. Usage:
//   npm run new rule ID | compose-rule ID | command AREA.VERB | setting SECTION.NAME
import { readFileSync, writeFileSync } from 'node:fs'
import { newCommand, newSetting } from './new-command.ts'
import { newRule } from './new-rule.ts'

const [what, id = ''] = process.argv.slice(2)

function write(
  made: { readonly file: string; readonly text: string; readonly index: string },
  index: string,
): void {
  writeFileSync(made.file, made.text, { flag: 'wx' })
  writeFileSync(index, made.index)
  console.log(`written: ${made.file}, ${index}`)
}

function make(): void {
  switch (id === '' ? undefined : what) {
    case 'rule':
    case 'compose-rule': {
      const kind = what === 'rule' ? 'dockerfile' : 'compose'
      const index = `src/language/rules/${kind}/index.ts`
      write(newRule(kind, id, readFileSync(index, 'utf8')), index)
      console.log('Next: write the rule, run `npx vitest run test/unit/language/rules`, then `npm run gen`.')
      break
    }
    case 'command': {
      const index = 'src/commands/index.ts'
      write(newCommand(id, readFileSync(index, 'utf8')), index)
      console.log('Next: write the command and a test in test/unit/commands, then `npm run gen`.')
      break
    }
    case 'setting': {
      const table = 'src/manifest/settings.ts'
      writeFileSync(table, newSetting(id, readFileSync(table, 'utf8')))
      console.log(`written: ${table}`)
      console.log(
        'Next: say what it does, read it with `setting()` in src/host/settings.ts, then `npm run gen`.',
      )
      break
    }
    default:
      console.error('usage: npm run new rule ID | compose-rule ID | command AREA.VERB | setting SECTION.NAME')
      process.exitCode = 1
  }
}

try {
  make()
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault)
  process.exitCode = 1
}
