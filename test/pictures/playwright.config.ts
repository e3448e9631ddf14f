import { defineConfig } from '@playwright/test'
import e2e from '../e2e/playwright.config.ts'

/** Takes the pictures of the README anew: `npm run pictures`. They are no tests: people look at them. */
export default defineConfig({ ...e2e, testDir: '.', testMatch: '*.pictures.ts', retries: 0 })
