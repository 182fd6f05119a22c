// Ballot boxes, procedure 4: opened with what the election knows, its codes told once, voted at on
// phones by whoever has one, closed, checked by receipt and counted again by the program.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { dress, NARROW, overflow, violations } from './browser.mjs'
import { picture } from './pictures.mjs'
import { BRANCH, day, fill, Office, STREET, toast } from './office.mjs'

const office = new Office()
const TERM_DAYS = 3 * 365
/** Looks at which a page is held to be accessible. */
/** @type {import('./browser.mjs').Look[]} */
const LOOKS = [{}, { language: 'en', theme: 'dark', viewport: NARROW }]
let branch = ''
let election = ''
let box = ''
/** @type {string[]} */
let names = []
/** @type {string[]} */
let codes = []
/** The receipts of the ballots that were cast. */
/** @type {string[]} */
const receipts = []

before(async () => {
  await office.open([
    ['chief', 'secretary'],
    ['branch', 'organisation_member', BRANCH],
    ['signer', 'secretary', BRANCH],
    ['street', 'organisation_member', STREET],
  ])
  branch = (await office.place('branch')).organisation
  const record = { elected: day(90 - TERM_DAYS), term_years: '3', extended_to: '' }
  const path = `/api/v1/organisations/${branch}/record`
  await office.call('chief', 'patch', path, record, { 'If-Match': '*' })
  const members = (await office.members('branch', branch)).slice(0, 3)
  const what = { process: 'election' }
  election = (await office.begin('street', branch, what)).id
  await office.through(election, [
    ['street', 'remind', { reminded_on: day(), reminded_by: 'letter' }],
    ['signer', 'request', { planned_on: day(30), seats: 2, method: 'members' }],
    ['street', 'approve_request'],
    ['branch', 'nominate', { candidates: members.map(({ person }) => person) }],
    ['street', 'approve_candidates'],
  ])
  await office.taskAt('signer', election, 'vote')
})
after(() => office.close())

/**
 * Holds that a page is accessible and no wider than its screen.
 * @param {string} login
 * @param {string} path
 * @param {(page: import('playwright-core').Page) => Promise<void>} ready
 */
async function looked(login, path, ready) {
  const { page, context, complaints } = await office.as(login)
  for (const look of LOOKS) {
    await dress(page, look)
    await page.goto(path)
    await ready(page)
    assert.deepEqual(await violations(page), [], path)
    assert.equal(await overflow(page), 0, path)
    assert.deepEqual(complaints, [])
    const name = path.replaceAll(/^\/|\?.*$/g, '').replaceAll(/\/\d+/g, '-one')
    await picture(page, name.replaceAll('/', '-'), look)
  }
  await context.close()
}

/** A phone of somebody who is not signed in. */
async function phone(hash = '') {
  const opened = await office.as('nobody', { viewport: NARROW })
  await opened.page.goto(`/vote/${box}${hash}`)
  await opened.page.getByText('您最多可选 2 名').waitFor()
  return opened
}

/**
 * Ticks and casts.
 * @param {import('playwright-core').Page} page
 * @param {number[]} whom
 * @param {string} [code]
 */
async function vote(page, whom, code) {
  for (const index of whom) await page.getByLabel(names[index] ?? '', { exact: true }).check()
  if (code) await fill(page, { 投票码: code })
  await page.getByRole('button', { name: '投票', exact: true }).click()
}

/** @param {import('playwright-core').Page} page */
async function receiptOf(page) {
  await page.getByText('您的选票已经投出').waitFor()
  return (await page.locator('[data-receipt]').innerText()).replaceAll(/\s/g, '')
}

describe('a ballot box', () => {
  test('is opened from its election, filled with what that knows', async () => {
    const { page, context, complaints } = await office.as('signer')
    await page.goto(`/cases/${election}`)
    await page.getByRole('link', { name: '现场电子票箱' }).click()
    await page.getByText('还没有票箱').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByRole('link', { name: '开票箱' }).click()
    await page.getByText('候选人、名额已按正在进行的换届填好').waitFor()
    assert.match(await page.getByLabel('票箱名称').inputValue(), /换届选举$/)
    assert.equal(await page.getByLabel('应选名额').inputValue(), '2')
    const shown = page.locator('form ul li')
    assert.equal(await shown.count(), 3)
    assert.deepEqual(await violations(page), [])

    // What is wrong is said at its field, and what was typed outlives a reload.
    await page.getByLabel('应选名额').fill('4')
    await page.getByRole('button', { name: '开箱并生成投票码' }).click()
    await page.getByText('不能多于候选人').waitFor()
    await page.getByLabel('应选名额').fill('2')
    await page.getByLabel('投票码数量').fill('4')
    await page.reload()
    await page.getByText('没有填完的内容').waitFor()
    assert.equal(await page.getByLabel('投票码数量').inputValue(), '4')
    await page.getByRole('button', { name: '开箱并生成投票码' }).click()
    await page.getByRole('heading', { name: '票箱已开，生成 4 个投票码' }).waitFor()
    assert.deepEqual(complaints, [])

    // On the screen only when asked for; on paper always.
    const slips = page.locator('.slips > li')
    assert.equal(await slips.first().isVisible(), false)
    await page.emulateMedia({ media: 'print' })
    assert.equal(await slips.first().isVisible(), true)
    assert.equal(await page.getByRole('button', { name: '打印投票码' }).isVisible(), false)
    await page.emulateMedia({ media: 'screen' })
    await page.getByRole('button', { name: '在屏幕上显示' }).click()
    codes = (await page.locator('.slips .code').allInnerTexts()).map((one) => one.trim())
    assert.equal(new Set(codes).size, 4)
    assert.deepEqual(await violations(page), [])

    // Leaving loses them: asked first.
    await page.getByRole('link', { name: '去票箱页' }).click()
    const dialog = page.getByRole('dialog', { name: '投票码都打印好了吗？' })
    await dialog.waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: '取消' }).click()
    assert.equal(await slips.count(), 4)
    await page.getByRole('link', { name: '去票箱页' }).click()
    await dialog.getByRole('button', { name: '已打印，离开' }).click()
    await page.getByRole('heading', { name: '选票上的候选人' }).waitFor()
    box = /ballot-boxes\/(\d+)/.exec(page.url())?.[1] ?? ''
    names = await page.locator('.votes li').allInnerTexts()
    assert.equal(names.length, 3)
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
    for (const code of codes) assert.ok(!kept.includes(code.replace(' ', '')), 'no code is kept')
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is not opened by who may not', async () => {
    const { page, context } = await office.as('branch')
    await page.goto(`/ballot-boxes?at=${branch}`)
    await page.getByText('投票中').waitFor()
    assert.equal(await page.getByRole('link', { name: '开票箱' }).count(), 0)
    await page.goto(`/ballot-boxes/new?at=${branch}`)
    await page.getByText('您没有查看这个页面的权限').waitFor()
    await page.goto(`/ballot-boxes/${box}`)
    await page.getByRole('heading', { name: '选票上的候选人' }).waitFor()
    assert.equal(await page.getByRole('button', { name: '封箱计票' }).count(), 0)
    await context.close()
  })

  test('takes a scanned code from a phone, and gives a receipt', async () => {
    const { page, context, complaints } = await phone(`#${codes[0]?.replace(' ', '')}`)
    assert.equal(await page.getByLabel('投票码').inputValue(), codes[0])
    assert.ok(!page.url().includes('#'), 'the code has left the address')
    await vote(page, [0, 1])
    const dialog = page.getByRole('dialog', { name: '请再看一遍' })
    await dialog.getByText(names[0] ?? '').waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: '确认投出' }).click()
    receipts.push(await receiptOf(page))
    assert.match(receipts[0] ?? '', /^[0-9a-f]{64}$/)
    assert.deepEqual(await violations(page), [])
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
    assert.ok(!kept.includes(receipts[0] ?? ''), 'no receipt is kept')

    // The screen is cleared for the next: neither code nor choice is left, and a used code is none.
    await page.getByRole('button', { name: '完成，清除屏幕' }).click()
    await page.getByText('您最多可选 2 名').waitFor()
    assert.equal(await page.getByLabel('投票码').inputValue(), '')
    assert.equal(await page.getByRole('checkbox', { checked: true }).count(), 0)
    await vote(page, [2], codes[0])
    await page.getByRole('button', { name: '确认投出' }).click()
    await page.getByText('投票码不对，或者已经用过。').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('refuses too many choices; a typed code votes', async () => {
    const { page, context, complaints } = await phone()
    await vote(page, [0, 1, 2], codes[1]?.toLowerCase())
    await page.getByText('您选了 3 名，最多只能选 2 名').waitFor()
    assert.equal(await page.getByRole('dialog').count(), 0)
    assert.deepEqual(await violations(page), [])
    // Nor does the server take them.
    const data = { code: codes[1], chosen: [] }
    const blank = await (await context.request.get(`/api/v1/ballot-boxes/${box}/blank`)).json()
    const chosen = blank.candidates.map((/** @type {any} */ one) => one.person)
    const path = `/api/v1/ballot-boxes/${box}/ballots`
    const answer = await context.request.post(path, { data: { ...data, chosen } })
    assert.equal(answer.status(), 422, await answer.text())
    await page.getByLabel(names[1] ?? '', { exact: true }).uncheck()
    await page.getByLabel(names[2] ?? '', { exact: true }).uncheck()
    await fill(page, { 投票码: 'ABC' })
    await page.getByRole('button', { name: '投票', exact: true }).click()
    await page.getByText('投票码是纸条上的 10 位').waitFor()
    await vote(page, [], codes[1])
    await page.getByRole('button', { name: '确认投出' }).click()
    receipts.push(await receiptOf(page))
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('takes a blank ballot, and shows nothing before it is closed', async () => {
    const { page, context, complaints } = await phone()
    await vote(page, [], codes[2])
    await page.getByText('将投出一张弃权票').waitFor()
    await page.getByRole('button', { name: '确认投出' }).click()
    receipts.push(await receiptOf(page))
    await page.getByRole('link', { name: '核对回执' }).click()
    await page.getByText('票箱还没有封箱').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
    const unknown = await office.as('nobody', { viewport: NARROW })
    await unknown.page.goto('/vote/1')
    await unknown.page.getByText('没有这个票箱').waitFor()
    assert.deepEqual(await violations(unknown.page), [])
    await unknown.context.close()
  })

  test('is readable in both languages, light and dark, wide and narrow', async () => {
    await looked('signer', `/ballot-boxes?at=${branch}`, (page) =>
      page.locator('.boxed-list li').first().waitFor(),
    )
    await looked('signer', `/ballot-boxes/new?at=${branch}`, (page) =>
      page.locator('form ul li').nth(2).waitFor(),
    )
    await looked('signer', `/ballot-boxes/${box}`, (page) => page.locator('.place').waitFor())
    await looked('nobody', `/vote/${box}`, (page) =>
      page.locator('fieldset label').nth(2).waitFor(),
    )
  })

  test('is closed, and tells the votes', async () => {
    const { page, context, complaints } = await office.as('signer')
    await page.goto(`/ballot-boxes/${box}`)
    await page.getByRole('button', { name: '封箱计票' }).click()
    const dialog = page.getByRole('dialog', { name: '现在封箱吗？' })
    await dialog.getByText('发出 4 个投票码，已收回 3 张选票').waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: '封箱计票' }).click()
    await toast(page, '已封箱').waitFor()
    const table = page.getByRole('table', { name: '得票' })
    await table.getByRole('row', { name: `${names[0]} 2 66.7%` }).waitFor()
    await table.getByRole('row', { name: `${names[1]} 1 33.3%` }).waitFor()
    await table.getByRole('row', { name: `${names[2]} 0 0%` }).waitFor()

    // Whoever has the file counts again.
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载票箱文件' }).click()
    const file = await download
    const counted = office.server.run('--json', 'election', 'verify', await file.path())
    const { verdict, ballots, blank, root } = JSON.parse(counted)
    assert.deepEqual({ verdict, ballots, blank }, { verdict: 'fits', ballots: 3, blank: 1 })
    await page.getByText(root, { exact: true }).waitFor()
    // The command is there whole, with the root that was published.
    const command = `jishi election verify ${file.suggestedFilename()} --root ${root}`
    await page.getByText(command, { exact: true }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
    await looked('signer', `/ballot-boxes/${box}`, (page) => page.locator('.proof').waitFor())
  })

  test('publishes its commitments: a receipt is found among them', async () => {
    const { page, context, complaints } = await office.as('nobody', { viewport: NARROW })
    await page.goto(`/vote/${box}`)
    await page.getByText('票箱已经封箱，不能再投票').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByRole('link', { name: '核对回执' }).click()
    await page.getByText('收回的 3 张选票都在下面').waitFor()
    const field = page.getByLabel('回执', { exact: true })
    for (const receipt of receipts) {
      await field.fill(receipt.slice(0, 8).toUpperCase())
      await page.getByText('找到了：您的选票已经计入').waitFor()
      const found = (await page.locator('li.found').innerText()).replaceAll(/\s/g, '')
      assert.equal(found, receipt)
    }
    await field.fill('0000000000000000')
    await page.getByText('没有找到').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
    await looked('nobody', `/vote/${box}/receipts`, (page) =>
      page.locator('ol li').first().waitFor(),
    )
  })
})
