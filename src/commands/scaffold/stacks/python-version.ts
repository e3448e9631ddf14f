import { first, type Folder } from '../project.ts'

/** What Python is built with unless a project says otherwise: its minor version. */
const usual = 13

/** The version to build with, `3.13`; of ranges that are open upwards the usual one. */
export function pythonVersion(folder: Folder, manifests: string): string {
  const named =
    first(folder, ['.python-version', 'runtime.txt'], /^(?:python-)?(3\.\d+)/) ??
    first(folder, ['.tool-versions'], /^python[ \t]+(3\.\d+)/m)
  if (named !== undefined) return named
  const range =
    /(?:requires-python|python_requires|python_version|^python)\s*=\s*["']?([^"'\n]{1,100})/m.exec(
      manifests,
    )?.[1] ?? ''
  return `3.${minorFor(range)}`
}

function minorFor(range: string): number {
  const bounds = [...range.matchAll(/([<>=~^!]*)[ \t]*3\.(\d+)/g)].map(([, sign = '', minor]) => ({
    sign,
    minor: Number(minor),
  }))
  const exact = bounds.find(({ sign }) => !/^[<>!]/.test(sign))
  if (exact !== undefined) return exact.minor
  const least = bounds.find(({ sign }) => sign.startsWith('>'))
  const most = bounds.find(({ sign }) => sign.startsWith('<'))
  const wanted = Math.max(usual, least?.minor ?? 0)
  return most === undefined ? wanted : Math.min(wanted, most.minor - (most.sign === '<' ? 1 : 0))
}
