// What was before: the text that a rule had, and who held a post.

import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { NARROW, openBrowser, openPage, overflow, violations } from './browser.mjs'
import { PASSWORD, ROOT, Server } from './server.mjs'

const server = new Server('web')
/** @type {import('playwright-core').Browser} */
let browser
const BRANCH = '099000000009'

/** The program's pack, but for what a rule is called: its second version. */
function changedPack() {
  const pack = path.join(server.folder, 'pack')
  cpSync(path.join(ROOT, 'packs/party'), pack, { recursive: true })
  const rule = path.join(pack, 'rules/orglife/theme_day.sql')
  const text = readFileSync(rule, 'utf8')
    .replace('A theme day every month', 'A theme day each month')
    .replace('-- version: 1', '-- version: 2')
  writeFileSync(rule, text)
  return pack
}

/** Somebody who was secretary of the branch for three years, and is no more. */
function endedPost() {
  const sheet = path.join(server.folder, '任职情况.csv')
  const member = 'LH000000015'
  const rows = `组织代码,职务,人员编号,任职日期,免职日期\n${BRANCH},书记,${member},2019-05-10,2022-05-10\n`
  writeFileSync(sheet, rows)
  server.run('import', sheet)
}

before(async () => {
  server.fill()
  endedPost()
  const link = server.account('chief', 'secretary')
  // Of one account alone the server itself would make the link, and this one void.
  server.account('system', 'system_admin')
  await server.start()
  browser = await openBrowser()
  const { context } = await openPage(browser, server.address)
  const data = { token: link.split('/').at(-1), password: PASSWORD }
  const entered = await context.request.post('/api/v1/sessions/by-link', { data })
  assert.equal(entered.status(), 201, await entered.text())
  await context.close()
  await server.stop()
  server.pack = changedPack()
  await server.start()
})
after(async () => {
  await browser?.close()
  await server.close()
})

/** @param {import('./browser.mjs').Look} [look] */
async function signedIn(look = { language: 'en' }) {
  const opened = await openPage(browser, server.address, look)
  const data = { login: 'chief', password: PASSWORD }
  const answer = await opened.context.request.post('/api/v1/sessions', { data })
  assert.equal(answer.status(), 201, await answer.text())
  return opened
}

describe('a rule whose text was changed', () => {
  test('shows both texts, and what the later one changed', async () => {
    const { page, context, complaints } = await signedIn()
    await page.goto('/rules/orglife/theme_day')
    const versions = page.getByRole('region', { name: 'What the rule said' })
    await versions.locator('ol > li').nth(1).waitFor()
    assert.equal(await versions.locator('ol > li').count(), 2)
    const latest = versions.locator('ol > li').first()
    await latest.locator('del').getByText('A theme day every month').waitFor()
    await latest.locator('ins').getByText('A theme day each month').waitFor()
    await versions.locator('summary').first().focus()
    await page.keyboard.press('Enter')
    await latest.locator('pre').getByText('SELECT').first().waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('a post that ended', () => {
  test('stands below those that are held, with its years', async () => {
    for (const viewport of [undefined, NARROW]) {
      const { page, context, complaints } = await signedIn({
        language: 'en',
        ...(viewport && { viewport }),
      })
      const found = await context.request.get(`/api/v1/search?q=${BRANCH}`)
      const branch = (await found.json()).organisations[0].organisation
      await page.goto(`/organisations/${branch}?tab=posts`)
      const ended = page.getByRole('region', { name: 'Before them' })
      await ended.getByText('10 May 2019').waitFor()
      await ended.getByText('10 May 2022').waitFor()
      await ended.getByText('Secretary').waitFor()
      assert.equal(await overflow(page), 0)
      assert.deepEqual(await violations(page), [])
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })
})
