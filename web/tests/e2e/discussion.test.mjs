// Discussions: a note on a case mentions a colleague, who finds it among the notices, opens the
// discussion and answers; what is gone, what is kept, and who sees nothing.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { NARROW, overflow, smallestText, violations } from './browser.mjs'
import { BRANCH, day, Office, OTHER, STREET } from './office.mjs'

const office = new Office()
let street = ''
let branch = ''
/** A case of the street. */
let id = ''

before(async () => {
  await office.open([
    ['street', 'secretary', STREET],
    ['colleague', 'organisation_member', STREET],
    ['below', 'secretary', BRANCH],
    ['other', 'secretary', OTHER],
  ])
  street = (await office.place('street')).organisation
  branch = (await office.place('below')).organisation
  const begun = await office.begin('colleague', branch, { process: 'task', sender: street })
  id = begun.id
  const variables = { title: '报送', content: '一页', basis: '安排', until: day(20), minutes: 30 }
  await office.call('colleague', 'post', `/api/v1/tasks/${begun.task}/actions`, {
    verb: 'approve',
    variables,
  })
})
after(() => office.close())

/** @param {import('playwright-core').Page} page */
const opener = (page) => page.getByRole('button', { name: '讨论', exact: true })
/** @param {import('playwright-core').Page} page */
const box = (page) => page.getByLabel('留言', { exact: true })
/**
 * @param {import('playwright-core').Page} page
 * @param {string} text
 */
const note = (page, text) => page.locator('.note').filter({ hasText: text })

describe('a discussion', () => {
  test('is closed until it is wanted, and asks for nothing before', async () => {
    const { page, context, complaints } = await office.as('street')
    /** @type {string[]} */
    const asked = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(`/cases/${id}`)
    await opener(page).waitFor()
    assert.equal(await opener(page).getAttribute('aria-expanded'), 'false')
    await page.waitForLoadState('networkidle')
    assert.ok(!asked.some((url) => url.includes('/discussions/')), 'nothing is read')
    await opener(page).focus()
    await page.keyboard.press('Enter')
    await page.getByText('还没有人留言。').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('mentions a colleague, who is found by keyboard', async () => {
    const { page, context, complaints } = await office.as('street')
    await page.goto(`/cases/${id}#discussion`)
    await box(page).fill('  ')
    await page.getByRole('button', { name: '发送' }).click()
    await page.getByText(/留言要有内容/).waitFor()
    await box(page).fill('')
    await box(page).pressSequentially('材料请看一下 @coll')
    await page.getByRole('option', { name: /colleague/ }).waitFor()
    assert.equal(await page.getByRole('option').count(), 1)
    assert.deepEqual(await violations(page), [])
    await page.keyboard.press('Enter')
    assert.equal(await box(page).inputValue(), '材料请看一下 @colleague ')
    // What is not sent is still there after the page was read anew.
    await page.reload()
    assert.equal(await box(page).inputValue(), '材料请看一下 @colleague ')
    await box(page).press('Control+Enter')
    await note(page, '材料请看一下').waitFor()
    assert.equal(await box(page).inputValue(), '')
    await page.reload()
    await note(page, '材料请看一下').waitFor()
    assert.equal(await box(page).inputValue(), '')
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('the colleague finds a notice, opens the discussion and answers; it comes by itself', async () => {
    const waiting = await office.as('street')
    await waiting.page.goto(`/cases/${id}#discussion`)
    await note(waiting.page, '材料请看一下').waitFor()
    const { page, context, complaints } = await office.as('colleague', { viewport: NARROW })
    await page.goto('/notices')
    await page.getByText('street 在流程的讨论中提到您').waitFor()
    assert.deepEqual(await violations(page, { rests: true }), [])
    await page.getByRole('link', { name: '查看讨论' }).click()
    await note(page, '材料请看一下').waitFor()
    assert.equal(await opener(page).getAttribute('aria-expanded'), 'true')
    await box(page).fill('看过了，缺盖章')
    await page.getByRole('button', { name: '发送' }).click()
    await note(page, '缺盖章').waitFor()
    assert.equal(await overflow(page), 0)
    assert.deepEqual(await violations(page), [])
    await note(waiting.page, '缺盖章').waitFor()
    assert.deepEqual(complaints, [])
    assert.deepEqual(waiting.complaints, [])
    await context.close()
    await waiting.context.close()
  })

  test('one takes back what is one’s own, the secretary removes for a reason', async () => {
    const { page, context, complaints } = await office.as('street')
    await page.goto(`/cases/${id}#discussion`)
    await note(page, '缺盖章').getByRole('button', { name: /移除/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '移除' }).click()
    await dialog.getByText(/请写明移除的理由/).waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByLabel('理由').fill('写到了别的事项')
    await dialog.getByRole('button', { name: '移除' }).click()
    await page.getByText('已由 street 移除。理由：写到了别的事项').waitFor()
    await note(page, '材料请看一下').getByRole('button', { name: /撤回/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click()
    await note(page, '已撤回').waitFor()
    assert.equal(await note(page, '材料请看一下').count(), 0)
    assert.deepEqual(complaints, [])
    await context.close()
    const notices = await office.call('colleague', 'get', '/api/v1/mentions')
    assert.deepEqual(notices.items, [])
  })

  /** @type {[string, import('./browser.mjs').Look][]} */
  const looks = [
    ['en, dark', { language: 'en', theme: 'dark' }],
    ['zh, large', { elder: true }],
    ['zh, narrow, large, dark', { elder: true, viewport: NARROW, theme: 'dark' }],
  ]
  for (const [name, look] of looks) {
    test(`is accessible: ${name}`, async () => {
      const { page, context, complaints } = await office.as('street', look)
      await page.goto(`/cases/${id}#discussion`)
      await page.locator('.note').first().waitFor()
      await page.locator('.discussion textarea').pressSequentially('@')
      await page.getByRole('option').first().waitFor()
      assert.deepEqual(await violations(page), [])
      assert.equal(await overflow(page), 0)
      if (look.elder) assert.ok((await smallestText(page)).size >= 24)
      await page.keyboard.press('Escape')
      await page.getByRole('option').first().waitFor({ state: 'detached' })
      await page.goto('/notices')
      await page.locator('.notices h1').waitFor()
      assert.deepEqual(await violations(page, { rests: true }), [])
      assert.deepEqual(complaints, [])
      await context.close()
    })
  }

  test('is that of a group for those who take part in it', async () => {
    const begun = await office.begin('colleague', street, { process: 'project' })
    await office.through(begun.id, [
      [
        'colleague',
        'draft',
        { title: '暑期托管', needs: [{ thing: '场地' }], partners: [branch], until: day(60) },
      ],
      ['street', 'agree', { agreed_on: day() }],
    ])
    const { page, context, complaints } = await office.as('street')
    await page.goto(`/cases/${begun.id}`)
    const main = page.getByRole('main')
    await main.getByRole('link', { name: '项目组', exact: true }).click()
    await page.getByRole('heading', { name: /暑期托管/ }).waitFor()
    await page.getByRole('button', { name: '讨论', exact: true }).click()
    await box(page).fill('礼堂周末可以用')
    await page.getByRole('button', { name: '发送' }).click()
    await note(page, '礼堂周末可以用').waitFor()
    assert.deepEqual(await violations(page, { rests: true }), [])
    const partner = await office.as('below', { viewport: NARROW, language: 'en' })
    await partner.page.goto(`${new URL(page.url()).pathname}#discussion`)
    await note(partner.page, '礼堂周末可以用').waitFor()
    assert.equal(await overflow(partner.page), 0)
    assert.deepEqual(await violations(partner.page, { rests: true }), [])
    const stranger = await office.as('other')
    await stranger.page.goto(new URL(page.url()).pathname)
    await stranger.page.getByRole('heading', { name: '没有这个项目组' }).waitFor()
    assert.deepEqual(await violations(stranger.page, { rests: true }), [])
    for (const one of [complaints, partner.complaints, stranger.complaints])
      assert.deepEqual(one, [])
    await context.close()
    await partner.context.close()
    await stranger.context.close()
  })

  test('stands on every page of something; whoever sees none of it is told as much', async () => {
    const { page, context, complaints } = await office.as('street', { language: 'en' })
    const person = (await office.members('street', branch))[0]?.person
    const lights = `/lights/orglife/theme_day/organisations/${branch}`
    const sent = await office.call(
      'colleague',
      'post',
      `/api/v1/organisations/${street}/dispatches`,
      {
        title: '报送计划',
        content: '一页以内',
        basis: '年度安排',
        until: day(20),
        minutes: 10,
        organisations: [branch],
      },
    )
    const board = `/dispatches/${sent.id}`
    for (const path of [`/organisations/${branch}`, `/persons/${person}`, lights, board]) {
      await page.goto(`${path}#discussion`)
      await page.getByText('Nobody has written anything yet.').waitFor()
      await page.getByLabel('Write a note').fill(`Said at ${path}`)
      await page.getByRole('button', { name: 'Send' }).click()
      await note(page, `Said at ${path}`).waitFor()
      assert.deepEqual(await violations(page), [])
      assert.deepEqual(complaints, [])
    }
    await context.close()
    const path = `/api/v1/discussions/case/${id}/notes`
    const seen = await office.ask('other', 'get', path)
    assert.equal(seen.status, 404)
    assert.equal(seen.body.code, 'liaison.discussion_unknown')
    const mentions = [(await office.call('other', 'get', '/api/v1/session')).account.id]
    const refused = await office.ask('street', 'post', path, { text: '@other', mentions })
    assert.equal(refused.body.code, 'liaison.mention_cannot_see')
  })
})
