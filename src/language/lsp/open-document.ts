import { hashOf } from '../hash.ts'
import type { SourceDocument } from '../provider.ts'
import { languageOf } from '../service.ts'
import { positionsOf, type Positions } from './positions.ts'

/** A version of a document that the editor has open. */
export interface OpenDocument {
  readonly source: SourceDocument
  readonly positions: Positions
  /** Of the text. */
  readonly hash: string
}

/** Undefined for a language that is not served. Lines are counted, and the hash is made, when they are first needed. */
export function openDocument(
  uri: string,
  editorId: string,
  version: number,
  text: string,
): OpenDocument | undefined {
  const languageId = languageOf(editorId, uri, text)
  if (languageId === undefined) return undefined
  let positions: Positions | undefined
  let hash: string | undefined
  return {
    source: { uri, languageId, version, text },
    get positions() {
      return (positions ??= positionsOf(text))
    },
    get hash() {
      return (hash ??= hashOf(text))
    },
  }
}
