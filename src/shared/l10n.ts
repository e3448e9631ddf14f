export type TextArgument = string | number | boolean

let translations: Readonly<Record<string, string>> = {}

/**
 * The text for the user, in the language of the editor. `message` is the English text and the key at once;
 * `{0}`, `{1}` … are replaced by the arguments. The first argument is a literal wherever this is called, so that
 * `npm run gen` can collect the texts into `l10n/bundle.l10n.json` (the format of `vscode.l10n`).
 */
export function t(message: string, ...args: readonly TextArgument[]): string {
  const text = translations[message] ?? message
  return args.length === 0
    ? text
    : text.replace(/\{(\d+)\}/g, (all, index: string) => String(args[Number(index)] ?? all))
}

/**
 * `one` for a count of 1, else `several`; both literals. `{0}` is the count where there are no arguments. Translations know no
 * plurals of their own, so these are two texts; a language without plurals gives both the same form.
 */
export function plural(
  count: number,
  one: string,
  several: string,
  ...args: readonly TextArgument[]
): string {
  return t(count === 1 ? one : several, ...(args.length === 0 ? [count] : args))
}

/** Sets the bundle of the editor's language; an absent text falls back to English. Called once, by a composition root. */
export function setTranslations(bundle: Readonly<Record<string, string>>): void {
  translations = bundle
}
