// The first start of an empty store: what stands at the top, then the three administrators, whose
// links open.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import {
  NARROW,
  openBrowser,
  openPage,
  overflow,
  smallestText,
  smallTargets,
  violations,
} from './browser.mjs'
import { picture } from './pictures.mjs'
import { PASSWORD, Server } from './server.mjs'

const server = new Server('web')
/** @type {import('playwright-core').Browser} */
let browser
/** Of the first account. @type {any[]} */
let cookies = []

before(async () => {
  await server.start()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await server.close()
})

/** The link of the first start, which is said a moment after the address. */
async function firstLink() {
  for (const until = Date.now() + 20_000; Date.now() < until;) {
    const said = readFileSync(path.join(server.folder, 'serve.log'), 'utf8')
    const link = /\/signin\/once\/\w+/.exec(said)?.[0]
    if (link) return link
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('no link was said')
}

/** @param {import('./browser.mjs').Look} [look] */
async function first(look = { language: 'en' }) {
  const opened = await openPage(browser, server.address, look)
  await opened.context.addCookies(cookies)
  return opened
}

/**
 * Accessible, and as wide as the window.
 * @param {string} name
 * @param {string} ready
 */
async function looked(name, ready) {
  /** @type {import('./browser.mjs').Look[]} */
  const looks = [
    {},
    { language: 'en', viewport: NARROW, theme: 'dark' },
    { elder: true, viewport: NARROW },
  ]
  for (const look of looks) {
    const { page, context, complaints } = await first(look)
    await page.goto('/setup')
    await page.locator(ready).first().waitFor()
    assert.deepEqual(await violations(page), [], name)
    assert.equal(await overflow(page), 0, name)
    if (look.elder) {
      const least = await smallestText(page)
      assert.ok(least.size >= 24, JSON.stringify(least))
      assert.deepEqual(await smallTargets(page, 60), [])
    }
    assert.deepEqual(complaints, [])
    await picture(page, name, look)
    await context.close()
  }
}

describe('the first start', () => {
  /** @type {string[]} */
  const links = []

  test('begins where the first link leads, and is found again from the page of the day', async () => {
    const { page, context, complaints } = await openPage(browser, server.address, {
      language: 'en',
    })
    await page.goto(await firstLink())
    await page.getByLabel('New password').fill(PASSWORD)
    await page.getByLabel('Once more').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/setup$/)
    await page.getByRole('heading', { name: 'What stands at the top' }).waitFor()
    await page.goto('/')
    await page.getByRole('heading', { name: 'Where to begin' }).waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByRole('link', { name: 'Begin', exact: true }).click()
    await page.waitForURL(/\/setup$/)
    // Before there is an organisation the wall screen says so.
    await page.goto('/cockpit')
    await page.getByRole('heading', { name: 'No organisation to show yet' }).waitFor()
    cookies = await context.cookies()
    assert.deepEqual(complaints, [])
    await context.close()
    await looked('setup', '#organisation-title')
  })

  test('a demo city is begun, told of to who comes back, and given up', async () => {
    const { page, context, complaints } = await first()
    await page.goto('/setup')
    await page.getByLabel('Look around in a demo city').check()
    await page.getByRole('spinbutton', { name: 'Members' }).fill('12')
    await page.getByRole('button', { name: 'Make the demo city' }).click()
    await page.locator('.wrong').waitFor()
    await page.getByRole('spinbutton', { name: 'Members' }).fill('100000')
    await page.getByRole('button', { name: 'Make the demo city' }).click()
    await page.getByRole('progressbar').waitFor()
    await page.reload()
    await page.getByRole('progressbar').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Make the demo city' }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('makes the organisation and the three, each with a link shown once', async () => {
    const { page, context, complaints } = await first()
    await page.goto('/setup')
    await page.getByLabel('Name of the organisation').fill('Linhu Committee')
    await page.getByRole('button', { name: 'Make the organisation' }).click()
    await page.getByRole('heading', { name: 'The three administrators' }).waitFor()
    await looked('setup-three', '#three-title')
    // As long as one is missing the page of the day leads back.
    await page.goto('/')
    await page.getByRole('link', { name: 'Go on' }).click()
    const logins = { system: 'sysadmin', security: 'secadmin', audit: 'auditadmin' }
    for (const [name, login] of Object.entries(logins)) {
      const row = page.locator(`[data-administrator=${name}]`)
      await row.getByLabel('Name of the person').fill(`Person of ${name}`)
      await row.getByRole('button', { name: 'Make the account and its link' }).click()
      const link = row.getByLabel(`One-time link of ${login}`)
      await link.waitFor()
      links.push(await link.inputValue())
    }
    await page.getByText('The first start is complete').waitFor()
    assert.deepEqual(await violations(page), [])
    // Links that nobody took are not left behind by mistake.
    await page.getByRole('link', { name: 'Go to Today' }).click()
    const dialog = page.getByRole('dialog', { name: 'Leave the page' })
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    for (const name of Object.keys(logins))
      await page
        .locator(`[data-administrator=${name}]`)
        .getByRole('button', { name: 'Handed over' })
        .click()
    assert.equal(await page.getByText('/signin/once/').count(), 0)
    await page.getByRole('link', { name: 'Import workbooks' }).click()
    await page.waitForURL(/\/imports\?at=\d+/)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.goto('/')
    await page.getByRole('heading', { name: 'Today' }).waitFor()
    assert.equal(await page.getByRole('link', { name: 'Go on' }).count(), 0)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('each of the three enters by the link, and has nothing to set up here', async () => {
    assert.equal(links.length, 3)
    for (const link of links) {
      const { page, context, complaints } = await openPage(browser, server.address, {
        language: 'en',
      })
      await page.goto(new URL(link).pathname)
      await page.getByLabel('New password').fill(PASSWORD)
      await page.getByLabel('Once more').fill(PASSWORD)
      await page.keyboard.press('Enter')
      // Their roles ask for a second factor before anything else.
      await page.waitForURL(/\/account\/second-factor/)
      await page.getByRole('heading', { level: 1 }).waitFor()
      assert.equal((await (await context.request.get('/api/v1/setup')).json()).may ?? false, false)
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })
})
