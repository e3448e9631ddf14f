import { t } from '../../shared/l10n.ts'
import type { Signature, SignatureHelp } from '../answers.ts'
import { mountTyping } from './completion/flags.ts'
import { placeAt } from './completion/place.ts'
import { logicalAt } from './logical.ts'
import type { DockerfileDoc, Instruction } from './model.ts'
import { mountTypes } from './reference/mounts.ts'

/** Longer lines get no help: nobody types them. */
const longest = 2_000

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
  return askService(doc.text.slice(start, end), offset - start)
}

function instructionSignature(instruction: Instruction, offset: number): Promise<SignatureHelp | undefined> {
  const { logical, keywordRange } = instruction
  const at = logicalAt(logical, offset)
  const start = logicalAt(logical, keywordRange.start)
  return askService(logical.text.slice(start, at), at - start)
}

/** dockerfile-language-service knows the forms of the instructions; it gets a single line, so that it is quick whatever the file is like. */
async function askService(line: string, character: number): Promise<SignatureHelp | undefined> {
  if (line.length > longest || /[\r\n]/.test(line)) return undefined
  const { DockerfileLanguageServiceFactory } = await import('dockerfile-language-service')
  try {
    const service = DockerfileLanguageServiceFactory.createLanguageService()
    const answer = service.computeSignatureHelp(line, { line: 0, character })
    const signatures = (answer?.signatures ?? []).map(({ label, documentation, parameters }) =>
      signatureOf(label, documentation, parameters ?? []),
    )
    if (signatures.length === 0) return undefined
    return { signatures, active: answer.activeSignature ?? 0, activeParameter: answer.activeParameter ?? 0 }
  } catch {
    // It throws on some unfinished lines; then there is no help.
    return undefined
  }
}

interface Part {
  readonly label: string | readonly [number, number]
  readonly documentation?: string | { readonly value: string }
}

function signatureOf(label: string, documentation: Part['documentation'], parts: readonly Part[]): Signature {
  let from = 0
  const parameters = parts.map(({ label: part, documentation: about }) => {
    const text = textOf(about)
    if (typeof part !== 'string') return { label: part, ...(text !== undefined && { documentation: text }) }
    const start = Math.max(label.indexOf(part, from), from)
    from = Math.min(label.length, start + part.length)
    return { label: [start, from] as const, ...(text !== undefined && { documentation: text }) }
  })
  const text = textOf(documentation)
  return { label, parameters, ...(text !== undefined && { documentation: text }) }
}

function textOf(documentation: Part['documentation']): string | undefined {
  return typeof documentation === 'object' ? documentation.value : documentation
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
