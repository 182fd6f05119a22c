// The design system, in every theme, size, language and width; and by keyboard.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  NARROW,
  openBrowser,
  openPage,
  overflow,
  smallestText,
  smallTargets,
  violations,
  WIDE,
} from './browser.mjs'
import { Server } from './server.mjs'

const server = new Server('web-gallery')
/** @type {import('playwright-core').Browser} */
let browser

before(async () => {
  await server.start()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await server.close()
})

/** @param {import('./browser.mjs').Look} look */
async function openGallery(look) {
  const opened = await openPage(browser, server.address, look)
  await opened.page.goto('/ui')
  await opened.page.locator('#chart canvas').nth(1).waitFor()
  return opened
}

/** @type {[string, import('./browser.mjs').Look][]} */
const LOOKS = [
  ['light', {}],
  ['dark', { theme: 'dark', language: 'en' }],
  ['elder', { elder: true }],
  ['elder, dark', { elder: true, theme: 'dark', language: 'en' }],
  ['narrow', { viewport: NARROW, language: 'en' }],
  ['narrow, dark', { viewport: NARROW, theme: 'dark' }],
  ['narrow, elder', { viewport: NARROW, elder: true }],
]

describe('every component', () => {
  for (const [name, look] of LOOKS) {
    test(`is accessible: ${name}`, async () => {
      const { page, context, complaints } = await openGallery(look)
      assert.deepEqual(await violations(page), [])
      assert.equal(await overflow(page), 0)
      if (look.elder) {
        assert.ok((await smallestText(page)).size >= 24, JSON.stringify(await smallestText(page)))
        assert.deepEqual(await smallTargets(page, 60), [])
      }
      assert.deepEqual(complaints, [])
      await context.close()
    })
  }
})

/** What is opened by a press, and what has to be seen then. */
const OVERLAYS = [
  ['#open-dialog', '[role=dialog]'],
  ['#open-drawer', '[role=dialog]'],
  ['#open-confirm', '[role=dialog]'],
  ['.popover-trigger', '[role=dialog]'],
  ['.menu-trigger', '[role=menu]'],
  ['#fields .pick', '[role=dialog] table'],
  ['#fields .combobox input', '[role=listbox]'],
  ['#fields .multi input', '[role=listbox]'],
  ['#toast-done', '.toast'],
]

describe('what opens', () => {
  for (const [name, look] of LOOKS.filter(([name]) => !name.includes(','))) {
    test(`is accessible: ${name}`, async () => {
      const { page, context, complaints } = await openGallery(look)
      for (const [trigger, shown] of OVERLAYS) {
        await page
          .locator(trigger ?? '')
          .first()
          .click()
        await page
          .locator(shown ?? '')
          .first()
          .waitFor()
        assert.deepEqual(await violations(page), [], `${trigger}`)
        assert.equal(await overflow(page), 0, `${trigger}`)
        await page.keyboard.press('Escape')
        if (shown !== '.toast')
          await page
            .locator(shown ?? '')
            .first()
            .waitFor({ state: 'hidden' })
      }
      assert.deepEqual(complaints, [])
      await context.close()
    })
  }
})

describe('by keyboard', () => {
  /** @param {(page: import('playwright-core').Page) => Promise<void>} work */
  async function withGallery(work) {
    const { page, context, complaints } = await openGallery({ viewport: WIDE, language: 'en' })
    await work(page)
    assert.deepEqual(complaints, [])
    await context.close()
  }
  /** @param {import('playwright-core').Page} page */
  const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')

  test('a dialog keeps the focus, and gives it back', () =>
    withGallery(async (page) => {
      await page.locator('#open-dialog').focus()
      await page.keyboard.press('Enter')
      await page.locator('[role=dialog]').waitFor()
      for (let press = 0; press < 5; press += 1) {
        await page.keyboard.press('Tab')
        const inside = await page.evaluate(
          () => document.activeElement?.closest('[role=dialog]') !== null,
        )
        assert.ok(inside)
      }
      await page.keyboard.press('Escape')
      await page.locator('[role=dialog]').waitFor({ state: 'hidden' })
      assert.equal(await focused(page), 'Dialog')
    }))

  test('a table: rows by arrows, sorted by Enter, selected by Space, opened by Enter', () =>
    withGallery(async (page) => {
      const table = page.locator('#table .data-table').first()
      await table.locator('tbody tr').first().focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('PageDown')
      assert.match(await focused(page), /no\. 12/)
      await page.keyboard.press('Space')
      await table.getByText('1 selected').waitFor()
      await page.keyboard.press('Enter')
      await page.locator('#table > [role=status]').getByText('no. 12').waitFor()
      await table.getByRole('button', { name: 'Members' }).focus()
      await page.keyboard.press('Enter')
      await page.keyboard.press('Enter')
      await table.locator('th[aria-sort=descending]').waitFor()
      await page.keyboard.press('Tab')
      await table.getByRole('button', { name: 'Show more' }).press('Enter')
      assert.equal(await table.locator('tbody tr').count(), 40)
    }))

  test('a table: columns are chosen and kept', () =>
    withGallery(async (page) => {
      const table = page.locator('#table .data-table').first()
      await table.getByRole('button', { name: 'Choose columns' }).press('Enter')
      await page.getByRole('menuitemcheckbox', { name: 'Code' }).press('Enter')
      await page.keyboard.press('Escape')
      assert.equal(await table.getByRole('columnheader', { name: 'Code' }).count(), 0)
      await page.reload()
      await table.getByRole('columnheader', { name: 'Members' }).waitFor()
      assert.equal(await table.getByRole('columnheader', { name: 'Code' }).count(), 0)
    }))

  test('a tree of thousands', () =>
    withGallery(async (page) => {
      const tree = page.locator('[role=tree]')
      const active = () =>
        page.evaluate(() => {
          const id = document.querySelector('[role=tree]')?.getAttribute('aria-activedescendant')
          const item = document.getElementById(id ?? '')
          return { label: item?.textContent?.trim(), level: item?.ariaLevel }
        })
      // What is far away is there a moment after it became the active one.
      const becomes = async (/** @type {RegExp} */ label, level = '') => {
        const until = Date.now() + 5000
        let found = await active()
        while (!label.test(found.label ?? '') || (level && found.level !== level)) {
          assert.ok(Date.now() < until, `${found.label} of level ${found.level} is active`)
          await page.waitForTimeout(20)
          found = await active()
        }
      }
      await tree.focus()
      await page.keyboard.press('ArrowRight')
      await tree.locator('[aria-level="2"]').first().waitFor()
      await page.keyboard.press('ArrowRight')
      await becomes(/no\. 1 /)
      await page.keyboard.press('End')
      await page.keyboard.press('ArrowUp')
      await becomes(/no\. 3000 /)
      assert.ok((await tree.locator('[role=treeitem]').count()) < 80, 'only what is seen is there')
      await page.keyboard.press('PageUp')
      await becomes(/no\. 29\d\d /)
      await page.keyboard.press('ArrowLeft')
      await becomes(/./, '1')
      await page.keyboard.type('a b')
      await becomes(/A branch that cannot be read/)
      await page.keyboard.press('ArrowRight')
      await tree.getByText('Not read: try again').waitFor()
      await page.keyboard.press('Home')
      await page.keyboard.press('Enter')
      await page.locator('#tree .second').getByText('1', { exact: true }).waitFor()
      await page.keyboard.press('ArrowLeft')
      await tree.locator('[aria-level="2"]').first().waitFor({ state: 'detached' })
    }))

  test('a day is typed or picked', () =>
    withGallery(async (page) => {
      const input = page.getByRole('textbox', { name: 'Date' })
      await input.fill('2026年7月1日')
      await input.blur()
      assert.equal(await input.inputValue(), '2026-07-01')
      await page.locator('#fields .pick').press('Enter')
      await page.locator('[role=dialog] table').waitFor()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      assert.equal(await input.inputValue(), '2026-07-02')
    }))

  test('a combobox finds by typing', () =>
    withGallery(async (page) => {
      const input = page.getByRole('combobox', { name: 'Organisation' })
      await input.focus()
      await page.keyboard.type('no. 123')
      await page.getByRole('option', { name: 'no. 123' }).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      assert.equal(await input.inputValue(), 'East Street branch no. 123')
    }))

  test('a chart has its table', () =>
    withGallery(async (page) => {
      const chart = page.locator('#chart figure').first()
      await chart.getByRole('button').press('Enter')
      await chart.getByRole('rowheader', { name: 'June 2026' }).waitFor()
      assert.equal(await chart.getByRole('row').count(), 7)
      assert.deepEqual(await violations(page), [])
    }))

  test('panes are resized by arrows', () =>
    withGallery(async (page) => {
      const line = page.getByRole('separator')
      const before = Number(await line.getAttribute('aria-valuenow'))
      await line.press('ArrowRight')
      assert.equal(Number(await line.getAttribute('aria-valuenow')), before + 24)
      await line.press('Home')
      assert.equal(await line.getAttribute('aria-valuenow'), '200')
    }))
})
