// What tests and scripts need of the machine. Each is fetched on first use and kept for all clones.
export { ensurePackages, HostMissing } from './debian.mjs'
export { ensureEngine, engineVersions, startEngine } from './engine.mjs'
export { ensurePodman, startPodman } from './podman.mjs'
export { ensureRegistry, startRegistry } from './registry.mjs'
export { ensureShellCheck } from './shellcheck.mjs'
export { ensureSshd, startSshd } from './ssh.mjs'
export { freePort } from './processes.mjs'
