import { defineConfig } from '@playwright/test'
import { chromiumOptions } from '../../scripts/hosts/vscode.mjs'

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.test.ts',
  outputDir: '../../test-results',
  // One worker: the machine has two cores, and an editor, a browser and an engine share them.
  workers: 1,
  fullyParallel: false,
  // A real editor on a loaded machine: a test that passes when tried again counts, and is listed as flaky.
  retries: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['json'], ['line']] : [['list']],
  use: {
    viewport: { width: 1400, height: 900 },
    actionTimeout: 20_000,
    navigationTimeout: 60_000,
    launchOptions: await chromiumOptions(),
    screenshot: 'only-on-failure',
    trace: 'off',
    permissions: ['clipboard-read', 'clipboard-write'],
  },
})
