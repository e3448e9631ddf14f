import { DockerfileLanguageServiceFactory } from 'dockerfile-language-service'
import type { Signature, SignatureHelp } from '../answers.ts'

/** dockerfile-language-service knows the forms of the instructions; it gets a single line, so that it is quick whatever the file is like. */
export function signatureIn(line: string, character: number): SignatureHelp | undefined {
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
