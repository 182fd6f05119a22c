// Debian's Chromium without its windows, and what every page has to keep: no error on its console,
// nothing that the Content-Security-Policy refuses, no violation that axe knows of, nothing wider
// than the screen.

import axe from 'axe-core'
import { chromium } from 'playwright-core'

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell'
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]
export const WIDE = { width: 1440, height: 900 }
export const NARROW = { width: 390, height: 844 }

export function openBrowser() {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: FLAGS,
  })
}

/**
 * @typedef {{theme?: 'light'|'dark', elder?: boolean, language?: 'zh'|'en',
 *   viewport?: {width: number, height: number}}} Look
 */

/**
 * What the pages keep of how somebody looks at them.
 * @param {Look} look
 */
const remembered = ({ theme = 'light', elder = false, language = 'zh' }) => ({
  'jishi.theme': theme,
  'jishi.elder': elder ? 'on' : 'off',
  'jishi.language': language,
})

/**
 * Has a window show what it opens next in another look: sooner than a window anew, which reads and
 * compiles the whole program again.
 * @param {import('playwright-core').Page} page
 * @param {Look} look
 */
export async function dress(page, look) {
  await page.setViewportSize(look.viewport ?? WIDE)
  // A blank page has no place of its own to keep anything.
  if (page.url() === 'about:blank') await page.goto('/robots.txt')
  await page.evaluate((kept) => {
    for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value)
  }, remembered(look))
}

/**
 * A window of its own, with a page whose complaints are kept.
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 * @param {Look} [look]
 */
export async function openPage(browser, address, look = {}) {
  const { language = 'zh', viewport = WIDE } = look
  const context = await browser.newContext({
    baseURL: address,
    viewport,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    reducedMotion: 'reduce',
  })
  await context.addInitScript((kept) => {
    for (const [key, value] of Object.entries(kept))
      if (localStorage.getItem(key) === null) localStorage.setItem(key, value)
  }, remembered(look))
  const page = await context.newPage()
  /** @type {string[]} */
  const complaints = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // What the server refuses the page says; Chromium logs it as well.
    const asked = /status of 4\d\d/.test(message.text())
    if (message.type() === 'error' && !asked) complaints.push(message.text())
  })
  return { page, context, complaints }
}

/**
 * What axe finds, in lines. Of a page at rest also targets that are too small or too close (WCAG
 * 2.2, not among axe's defaults): where one has scrolled, what sticks lies over others.
 * @param {import('playwright-core').Page} page
 * @param {{rests?: boolean}} [how]
 */
export async function violations(page, { rests = false } = {}) {
  const rules = { 'target-size': { enabled: rests } }
  // It is put into a page once, and runs there: the pages have no frames.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const found = await page.evaluate(
    async (options) => {
      // A colour that changes has its new value two frames later, though nothing is to be seen of it.
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      const here = /** @type {{axe: typeof axe}} */ (/** @type {unknown} */ (window))
      return (await here.axe.run(document, options)).violations
    },
    /** @type {import('axe-core').RunOptions} */ ({ rules, resultTypes: ['violations'] }),
  )
  return found.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`),
  )
}

/**
 * By how many pixels the page is wider than its window.
 * @param {import('playwright-core').Page} page
 */
export function overflow(page) {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
}

/**
 * The smallest text that is seen, in CSS pixels, and where it stands.
 * @param {import('playwright-core').Page} page
 */
export function smallestText(page) {
  return page.evaluate(() => {
    let least = { size: Infinity, text: '' }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      const text = node.textContent?.trim() ?? ''
      if (!text || !element?.checkVisibility()) continue
      const size = Number.parseFloat(getComputedStyle(element).fontSize)
      const box = element.getBoundingClientRect()
      if (box.width > 2 && size < least.size) least = { size, text }
    }
    return least
  })
}

/**
 * Targets lower or narrower than `least`, of those that a finger has to meet.
 * @param {import('playwright-core').Page} page
 * @param {number} least CSS pixels
 */
export function smallTargets(page, least) {
  return page.evaluate((size) => {
    const wanted =
      'button, a[href], input, select, textarea, [role=menuitem], [role=option], [role=tab]'
    return [...document.querySelectorAll(wanted)].flatMap((element) => {
      const label = element.closest('label')
      const box = (label ?? element).getBoundingClientRect()
      const seen = element.checkVisibility() && box.width > 1
      // A link within a sentence is as high as its line (WCAG 2.5.8).
      const inline = element.tagName === 'A' && getComputedStyle(element).display === 'inline'
      if (!seen || inline || box.height >= size - 0.5) return []
      return [
        `${element.tagName} ${element.textContent?.trim() || element.ariaLabel}: ${box.height}`,
      ]
    })
  }, least)
}
