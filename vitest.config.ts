import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Threads without isolation: the suites share no state, and starting a worker a file costs more than the tests.
    pool: 'threads',
    isolate: false,
    // Else one core of two does nothing.
    maxWorkers: '100%',
    include: ['test/unit/**/*.test.ts'],
    exclude: ['node_modules/**'],
    // A hang is told from a busy machine.
    testTimeout: 90_000,
    hookTimeout: 20_000,
    dangerouslyIgnoreUnhandledErrors: false,
  },
})
