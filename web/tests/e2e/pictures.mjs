// Pictures of pages for docs/screenshots, made when PICTURES names that folder: each page in
// Chinese, light, at both widths, as WebP of some ten kilobytes.

import path from 'node:path'
import { mkdirSync, writeFileSync } from 'node:fs'

const MOST_BYTES = 60 * 1024

/**
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {import('./browser.mjs').Look} [look]
 */
export async function picture(page, name, look = {}) {
  const folder = process.env.PICTURES
  const usual = (look.language ?? 'zh') === 'zh' && (look.theme ?? 'light') === 'light'
  if (!folder || !usual || look.elder) return
  mkdirSync(folder, { recursive: true })
  const width = page.viewportSize()?.width ?? 0
  for (const quality of [80, 60, 40, 20]) {
    const image = await shot(page, quality)
    if (image.length > MOST_BYTES && quality > 20) continue
    writeFileSync(path.join(folder, `${name}-${width}.webp`), image)
    return
  }
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
