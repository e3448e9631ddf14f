// Draws media/icon.png (256 × 256) from media/icon.svg with the browser that the e2e tests use.
// Usage: node scripts/icon.mjs; CHROMIUM names another browser.
import { readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'

const browser = await chromium.launch(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {})
try {
  const page = await browser.newPage({ viewport: { width: 256, height: 256 } })
  await page.setContent(
    `<style>body{margin:0;background:transparent}svg{display:block}</style>${readFileSync('media/icon.svg', 'utf8')}`,
  )
  await page.screenshot({ path: 'media/icon.png', omitBackground: true })
} finally {
  await browser.close()
}
