/** What is shown instead of a secret. */
export const masked = '•••'

const secretName =
  /(?<!com|by|tres|sur)pass(?:word|wd|phrase|code)?(?![a-z])|passw|passphrase|secret|token|credential|api[-_.]?key|access[-_.]?key|private[-_.]?key|signing|(?:^|[-_.])(?:auth|pwd|pat|pin|otp|salt|dsn|key|cert)(?:$|[-_.])|(?:encryption|master|account|license|ssh|gpg|aes|rsa|hmac)[-_.]?key|authorization|cookie|connection[-_.]?string|webhook/i
/** The shell's working directory is called like a password, and a key alone is mostly one of a mapping. */
const harmlessName = /^(?:(?:OLD)?PWD|KEY|[Kk]ey)$/

/** Environment variables whose values are shown: they say how the system is set up, never who may enter. */
const openEnvironment =
  /^(?:PATH|HOME|LANG|LANGUAGE|LC_[A-Z]+|TZ|TERM|HOSTNAME|SHELL|USER|LOGNAME|PWD|OLDPWD|DEBIAN_FRONTEND)$/

/** Values that are secrets by their form: keys in PEM, JSON web tokens, and the tokens that services mark by a prefix. */
const secretValue =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk-|sk_live_|rk_live_|npm_|pypi-|dckr_pat_|dckr_oat_|hf_|AKIA|ASIA|AIza|ya29\.)[\w.-]{10,}/g
/** The password of a URL's user. */
const urlPassword = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]*:)([^\s/?#@]+)(@)/gi
/** `--password=x`, `-Dtoken=x`, `password: x`, `SECRET=x` inside a longer text, or as the value of another: `o=password=x`. */
const assigned = /(?:^|[\s"'{,;&?=])(?:-D(?=[a-z])|-{1,2})?([\w.-]+)(?:=|\s*[=:]\s*)/g
const assignedValue = /"[^"]*"|'[^']*'|[^\s"',;&]+/y

export const looksSecret = (name: string): boolean => secretName.test(name) && !harmlessName.test(name)

/** Free text with everything that looks like a secret replaced. */
export function maskText(text: string, known: readonly string[] = []): string {
  let result = text.replace(secretValue, masked).replace(urlPassword, `$1${masked}$3`)
  result = maskAssignments(result)
  for (const secret of known) result = result.replaceAll(secret, masked)
  return result
}

function maskAssignments(text: string): string {
  let result = ''
  let done = 0
  assigned.lastIndex = 0
  for (let match = assigned.exec(text); match !== null; match = assigned.exec(text)) {
    const start = assigned.lastIndex
    assignedValue.lastIndex = start
    if (!looksSecret(match[1]!)) {
      // The sign can stand before a name itself.
      assigned.lastIndex = start - 1
    } else if (assignedValue.test(text)) {
      result += text.slice(done, start) + masked
      done = assigned.lastIndex = assignedValue.lastIndex
    }
  }
  return result + text.slice(done)
}

/** The words of a command line: also the word after `--password`. */
export function maskWords(words: readonly string[], known: readonly string[] = []): string[] {
  return words.map((word, index) => {
    const before = words[index - 1]
    const named =
      before !== undefined && /^-{1,2}[\w.-]+$/.test(before) && looksSecret(before.replace(/^-+/, ''))
    if (named && !word.startsWith('-')) return masked
    // One word is one value to its end, whatever characters are in it.
    const [, assigned] = /^(-{0,2}[\w.-]+=)./.exec(word) ?? []
    return assigned !== undefined && looksSecret(assigned.replace(/^-+|=$/g, ''))
      ? `${assigned}${masked}`
      : maskText(word, known)
  })
}

/** `NAME=value` with the value hidden, unless its name says that it is harmless. */
export function maskVariable(variable: string): string {
  const at = variable.indexOf('=')
  if (at < 0) return variable
  return openEnvironment.test(variable.slice(0, at)) ? variable : `${variable.slice(0, at)}=${masked}`
}
