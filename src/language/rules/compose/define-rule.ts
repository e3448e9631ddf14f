import type { ComposeDoc } from '../../compose/doc.ts'
import { type Rule, ruleKind } from '../rule.ts'

/** What an example of a Compose rule can say beside its text. */
export interface ComposeOptions {
  /** Texts of files by their paths from the folder of the project. */
  readonly files?: Readonly<Record<string, string>>
}

export type ComposeRule = Rule<ComposeDoc, undefined, ComposeOptions>

/** A rule about Compose files; listed in `index.ts`. */
export const defineComposeRule = ruleKind<ComposeDoc, undefined, ComposeOptions>()
