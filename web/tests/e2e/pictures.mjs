// Pictures of pages for docs/screenshots, made when PICTURES names that folder: each page in
// Chinese, light, at both widths, as WebP of some ten kilobytes.

import path from 'node:path'
import { mkdirSync, writeFileSync } from 'node:fs'
import { NARROW, WIDE } from './browser.mjs'

const MOST_BYTES = 60 * 1024
const SETTLE_MS = 300 // until drawings have their new size

/**
 * Of a wide page in Chinese, by day and in the usual size; of others nothing is made.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {import('./browser.mjs').Look} [look]
 */
export async function picture(page, name, look = {}) {
  const folder = process.env.PICTURES
  const { language = 'zh', theme = 'light', elder = false, viewport = WIDE } = look
  if (!folder || language !== 'zh' || theme !== 'light' || elder || viewport !== WIDE) return
  mkdirSync(folder, { recursive: true })
  for (const size of [NARROW, WIDE]) {
    await page.setViewportSize(size)
    await page.waitForTimeout(SETTLE_MS)
    const image = await smallShot(page)
    writeFileSync(path.join(folder, `${name}-${size.width}.webp`), image)
  }
}

/** @param {import('playwright-core').Page} page */
async function smallShot(page) {
  for (const quality of [80, 60, 40]) {
    const image = await shot(page, quality)
    if (image.length <= MOST_BYTES) return image
  }
  return shot(page, 20)
}

/**
 * @param {import('playwright-core').Page} page
 * @param {number} quality
 */
async function shot(page, quality) {
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality })
  await session.detach()
  return Buffer.from(data, 'base64')
}
