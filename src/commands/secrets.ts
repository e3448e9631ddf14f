import type { Raw } from '../engine/engine.ts'

/** What is shown instead of a secret. */
export const masked = '•••'

const secretName =
  /pass(?:word|wd|phrase|code)?(?![a-z])|passw|secret|token|credential|api[-_.]?key|access[-_.]?key|private[-_.]?key|signing|(?:^|[-_.])(?:auth|pwd|pat|pin|otp|salt|dsn|key|cert)(?:$|[-_.])|(?:encryption|master|account|license|ssh|gpg|aes|rsa|hmac)[-_.]?key|authorization|cookie|connection[-_.]?string|webhook/i
/** The shell's working directory is called like a password. */
const harmlessName = /^(?:OLD)?PWD$/

/** Environment variables whose values are shown: they say how the system is set up, never who may enter. */
const openEnvironment =
  /^(?:PATH|HOME|LANG|LANGUAGE|LC_[A-Z]+|TZ|TERM|HOSTNAME|SHELL|USER|LOGNAME|PWD|OLDPWD|DEBIAN_FRONTEND)$/

/** Values that are secrets by their form: keys in PEM, JSON web tokens, and the tokens that services mark by a prefix. */
const secretValue =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk-|sk_live_|rk_live_|npm_|pypi-|dckr_pat_|dckr_oat_|hf_|AKIA|ASIA|AIza|ya29\.)[\w.-]{10,}/g
/** The password of a URL's user. */
const urlPassword = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]*:)([^\s/?#@]+)(@)/gi
/** `--password=x`, `-Dtoken=x`, `password: x`, `SECRET=x` inside a longer text. */
const inlineAssignment =
  /((?:^|[\s"'{,;&?])(?:-{1,2}[A-Za-z]?)?)([\w.-]+)(\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s"',;&]+)/g

export const looksSecret = (name: string): boolean => secretName.test(name) && !harmlessName.test(name)

/** Free text with everything that looks like a secret replaced. */
export function maskText(text: string, known: readonly string[] = []): string {
  let result = text
    .replace(secretValue, masked)
    .replace(urlPassword, `$1${masked}$3`)
    .replace(inlineAssignment, (all, before: string, name: string, sign: string) =>
      looksSecret(name) ? `${before}${name}${sign}${masked}` : all,
    )
  for (const secret of known) result = result.replaceAll(secret, masked)
  return result
}

/** The words of a command line: also the word after `--password`. */
export function maskWords(words: readonly string[], known: readonly string[] = []): string[] {
  return words.map((word, index) => {
    const before = words[index - 1]
    const named =
      before !== undefined && /^-{1,2}[\w.-]+$/.test(before) && looksSecret(before.replace(/^-+/, ''))
    return named && !word.startsWith('-') ? masked : maskText(word, known)
  })
}

/** `NAME=value` with the value hidden, unless its name says that it is harmless. */
export function maskVariable(variable: string): string {
  const at = variable.indexOf('=')
  if (at < 0) return variable
  return openEnvironment.test(variable.slice(0, at)) ? variable : `${variable.slice(0, at)}=${masked}`
}

/**
 * What an engine said of an object, for a document: values of the environment are hidden, and so is whatever looks like a secret
 * by its name or its form, and every other place where such a value occurs again.
 */
export function maskInspection(raw: Raw): Raw {
  const known = secretsIn(raw)
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return looksSecret(key) && value !== '' ? masked : maskText(value, known)
    if (Array.isArray(value)) {
      if (key === 'Env' && value.every((entry) => typeof entry === 'string')) return value.map(maskVariable)
      if (value.every((entry) => typeof entry === 'string')) return maskWords(value, known)
      return value.map((entry) => walk(entry, ''))
    }
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, entry]) => [maskText(name, known), walk(entry, name)]),
    )
  }
  return walk(raw, '') as Raw
}

/** The values of secret-looking variables, longest first, so that they are found wherever they were copied to. */
function secretsIn(raw: Raw): readonly string[] {
  const found = new Set<string>()
  const walk = (value: unknown, key: string): void => {
    if (Array.isArray(value)) {
      for (const entry of value) {
        if (key === 'Env' && typeof entry === 'string') {
          const at = entry.indexOf('=')
          if (at > 0 && looksSecret(entry.slice(0, at))) found.add(entry.slice(at + 1))
        } else walk(entry, '')
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, entry] of Object.entries(value)) {
        if (typeof entry === 'string' && looksSecret(name)) found.add(entry)
        else walk(entry, name)
      }
    }
  }
  walk(raw, '')
  return [...found].filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length)
}
