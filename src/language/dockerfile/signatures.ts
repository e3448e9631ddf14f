import { t } from '../../shared/l10n.ts'
import type { SignatureHelp } from '../answers.ts'
import { mountTyping } from './completion/flags.ts'
import { placeAt } from './completion/place.ts'
import { logicalAt } from './logical.ts'
import type { DockerfileDoc, Instruction } from './model.ts'
import { mountTypes } from './reference/mounts.ts'

/** The form of the instruction that is typed, with the part under the cursor. */
export async function signatureHelp(doc: DockerfileDoc, offset: number): Promise<SignatureHelp | undefined> {
  const place = placeAt(doc, offset)
  if (place?.kind === 'argument') {
    const mount = place.flagsAllowed ? /^--mount=(.*)$/s.exec(place.typed) : null
    if (mount !== null && place.instruction.name === 'RUN') return mountSignature(mount[1]!)
    return instructionSignature(place.instruction, offset)
  }
  const onbuild = doc.instructions.find(
    ({ trigger, keywordRange }) =>
      trigger !== undefined && keywordRange.end < offset && offset <= trigger.keywordRange.end,
  )
  if (onbuild !== undefined) return instructionSignature(onbuild, offset)
  const directive = doc.directives.find(({ range }) => range.start <= offset && offset <= range.end)
  if (directive === undefined) return undefined
  const { start, end } = directive.range
  return instructionForm(doc.text.slice(start, end), offset - start)
}

function instructionSignature(instruction: Instruction, offset: number): Promise<SignatureHelp | undefined> {
  const { logical, keywordRange } = instruction
  const at = logicalAt(logical, offset)
  const start = logicalAt(logical, keywordRange.start)
  return instructionForm(logical.text.slice(start, at), at - start)
}

/** Longer lines get no help: nobody types them. */
const longest = 2_000

async function instructionForm(line: string, character: number): Promise<SignatureHelp | undefined> {
  if (line.length > longest || /[\r\n]/.test(line)) return undefined
  const { signatureIn } = await import('./signature-forms.ts')
  return signatureIn(line, character)
}

/** `--mount=type=cache,target=…,…`: the options of the type that is typed. */
function mountSignature(value: string): SignatureHelp {
  const { type, key, typed, used } = mountTyping(value)
  const named = type ?? mountTypes.find(({ name }) => key === 'type' && name === typed)
  const keys = named?.keys ?? []
  const parts = [
    { text: `type=${named?.name ?? '<type>'}`, about: named?.about() ?? t('What is mounted.') },
    ...keys.map(({ name, alone, about }) => ({
      text: alone === true ? name : `${name}=<${name}>`,
      about: about(),
    })),
  ]
  let label = '--mount='
  const parameters = parts.map(({ text, about }, index) => {
    if (index > 0) label += ','
    const start = label.length
    label += text
    return { label: [start, label.length] as const, documentation: about }
  })
  const current = key ?? (typed === '' ? undefined : typed)
  const index = keys.findIndex(
    ({ name, aliases }) => current !== undefined && (name === current || aliases.includes(current)),
  )
  return {
    signatures: [{ label, parameters, ...(named && { documentation: named.about() }) }],
    active: 0,
    activeParameter: index >= 0 ? index + 1 : used.length,
  }
}
