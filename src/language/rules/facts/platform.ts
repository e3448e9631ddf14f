export interface Platform {
  readonly os: string
  readonly architecture: string
  readonly variant: string
}

const systems = new Set([
  'aix', 'android', 'darwin', 'dragonfly', 'freebsd', 'hurd', 'illumos', 'ios', 'js', 'linux', 'nacl', 'netbsd', 'openbsd',
  'plan9', 'solaris', 'wasip1', 'windows', 'zos',
]) // prettier-ignore

const architectures = new Set([
  '386', 'amd64', 'amd64p32', 'arm', 'armbe', 'arm64', 'arm64be', 'loong64', 'mips', 'mipsle', 'mips64', 'mips64le',
  'mips64p32', 'mips64p32le', 'ppc', 'ppc64', 'ppc64le', 'riscv', 'riscv64', 's390', 's390x', 'sparc', 'sparc64', 'wasm',
]) // prettier-ignore

const otherNames: Readonly<Record<string, string>> = {
  i386: '386',
  i686: '386',
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  armhf: 'arm',
  armel: 'arm',
  macos: 'darwin',
}

/** Reads `linux/arm64/v8`, `linux` or `arm64` as containerd does; undefined for what it refuses. */
export function parsePlatform(text: string): Platform | undefined {
  const parts = text.split('/')
  if (parts.some((part) => !/^[A-Za-z0-9_.-]+(\([A-Za-z0-9_.+-]*\))?$/.test(part)) || parts.length > 3)
    return undefined
  const names = parts.map((part) => {
    const lower = part.toLowerCase().replace(/\(.*$/, '')
    return otherNames[lower] ?? lower
  })
  const [first, second, variant] = names
  if (second === undefined) {
    if (systems.has(first!)) return { os: first!, architecture: 'amd64', variant: '' }
    if (architectures.has(first!)) return { os: 'linux', architecture: first!, variant: '' }
    return undefined
  }
  return { os: first!, architecture: second, variant: variant ?? '' }
}
