// ShellCheck, the real program: unpacked from Debian's package, not installed, so that tests without it mean what they say.
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { HostMissing, isDebian, unpacked } from './debian.mjs'
import { findProgram } from './processes.mjs'

// The oldest suite's program runs with the C library of every newer one.
const suite = 'bookworm'
const packages = ['shellcheck', 'libgmp10', 'libffi8']

/** Fetches ShellCheck; answers the folder that the program is in. */
export async function ensureShellCheck() {
  if (!isDebian()) {
    const installed = findProgram('shellcheck')
    if (installed === undefined) throw new HostMissing('the tests of ShellCheck need the program on PATH')
    return dirname(installed)
  }
  const root = await unpacked(`shellcheck-${suite}`, 'ShellCheck', suite, packages)
  const program = join(root, 'bin', 'shellcheck')
  if (!existsSync(program)) {
    mkdirSync(dirname(program), { recursive: true })
    writeFileSync(program, launcher(root))
    chmodSync(program, 0o755)
  }
  return dirname(program)
}

/** Its libraries are beside it, not where the system looks for them. */
const launcher = (root) => {
  const libraries = join(root, 'usr/lib', `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`)
  return `#!/bin/sh
LD_LIBRARY_PATH='${libraries}' exec '${join(root, 'usr/bin/shellcheck')}' "$@"
`
}
