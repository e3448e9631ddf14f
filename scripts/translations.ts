import { readFileSync } from 'node:fs'

export type Bundle = Readonly<Record<string, string>>

/** The languages besides English, as VS Code names them. */
export const languages = ['ko'] as const

/** Where a language's texts are, beside the English ones. */
export const translationFiles = (
  language: string,
): readonly (readonly [english: string, translated: string])[] => [
  ['package.nls.json', `package.nls.${language}.json`],
  ['l10n/bundle.l10n.json', `l10n/bundle.l10n.${language}.json`],
]

export function readBundle(path: string): Bundle {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Bundle
  } catch {
    return {}
  }
}

/**
 * The translations that there are, in the order of the English texts, without those that have gone and those whose English
 * text is another one than `before`: they are missing until somebody has translated them anew.
 */
export const kept = (english: Bundle, translated: Bundle, before: Bundle = english): Bundle =>
  Object.fromEntries(
    Object.entries(english).flatMap(([key, text]) =>
      Object.hasOwn(translated, key) && (before[key] ?? text) === text ? [[key, translated[key]!]] : [],
    ),
  )

/** `{0}` and links to commands, which a translation must have just as the English text has them. */
export const fixedParts = (text: string): readonly string[] =>
  [...text.matchAll(/\{\d+\}|\(command:[^)]*\)|`#[\w.]+#`/g)].map((match) => match[0]).sort()
