// The first start of an empty store by a demo city that is made to its end: then there is something
// to look at, and the three administrators are next.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openBrowser, openPage, violations } from './browser.mjs'
import { PASSWORD, Server } from './server.mjs'

const MADE_MS = 120_000 // of a thousand members, on a machine that many share
const server = new Server('web')
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

describe('a demo city', () => {
  test('is made to its end in the wizard, and is there to be looked at', async () => {
    const { page, context, complaints } = await openPage(browser, server.address, {
      language: 'en',
    })
    let link
    for (const until = Date.now() + MADE_MS; !link && Date.now() < until;) {
      const said = readFileSync(path.join(server.folder, 'serve.log'), 'utf8')
      link = /\/signin\/once\/\w+/.exec(said)?.[0]
      if (!link) await new Promise((resolve) => setTimeout(resolve, 25))
    }
    await page.goto(link ?? '')
    await page.getByLabel('New password').fill(PASSWORD)
    await page.getByLabel('Once more').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/setup$/)
    await page.getByLabel('Look around in a demo city').check()
    await page.getByRole('spinbutton', { name: 'Members' }).fill('1000')
    await page.getByRole('button', { name: 'Make the demo city' }).click()
    await page
      .getByRole('heading', { name: 'The three administrators' })
      .waitFor({ timeout: MADE_MS })
    assert.deepEqual(await violations(page), [])
    const listed = await (await context.request.get('/api/v1/organisations')).json()
    assert.equal(listed.items.length, 1)
    assert.deepEqual(complaints, [])
    await context.close()
  })
})
