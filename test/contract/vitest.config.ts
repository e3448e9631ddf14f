import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/contract/**/*.test.ts'],
    globalSetup: ['test/contract/global-setup.ts'],
    // Processes, one file after another: the kernel ends what a test starts with the process that started it,
    // and two cores serve one engine at a time.
    pool: 'forks',
    fileParallelism: false,
    // Real engines, sometimes on a loaded machine: what passes when tried again counts, and is listed as flaky.
    retry: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    dangerouslyIgnoreUnhandledErrors: false,
  },
})
