// Procedure 7 for many: what it costs them is told while it is drawn up and again before it is sent;
// then the board, and one that receives it and answers.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { NARROW, overflow, violations } from './browser.mjs'
import { BRANCH, day, fill, Office, openTask, pick, STREET } from './office.mjs'

const office = new Office()
const TITLE = '报送活动场地'
const MINUTES = 15
let street = ''
let branchName = ''
/** How many branches stand below the street. */
let branches = 0
let job = ''

before(async () => {
  await office.open([
    ['chief', 'secretary'],
    ['branch', 'organisation_member', BRANCH],
    ['street', 'organisation_member', STREET],
  ])
  const [member] = await office.members('chief', (await office.place('branch')).organisation)
  assert.ok(member, 'the branch has a member')
  await office.addMembers({ member: member.number })
  street = (await office.place('street')).organisation
  branchName = (await office.place('branch')).name
  const plan = { title: 'x', content: 'x', basis: 'x', until: day(9), minutes: '1', kind: 'branch' }
  const address = `/api/v1/organisations/${street}/dispatch-estimates`
  branches = Number((await office.call('street', 'post', address, plan)).receivers)
  assert.ok(branches > 2, `${branches} branches`)
})
after(() => office.close())

/**
 * The same page at both widths, in both languages and themes: what axe finds, what is too wide.
 * @param {string} path
 * @param {string} ready
 */
async function looked(path, ready) {
  for (const look of /** @type {import('./browser.mjs').Look[]} */ ([
    {},
    { language: 'en', theme: 'dark' },
    { viewport: NARROW },
    { language: 'en', theme: 'dark', viewport: NARROW },
    { elder: true },
  ])) {
    const { page, context, complaints } = await office.as('street', look)
    await page.goto(path)
    await page.locator(ready).first().waitFor()
    assert.deepEqual(await violations(page, { rests: true }), [], JSON.stringify(look))
    assert.equal(await overflow(page), 0, JSON.stringify(look))
    assert.deepEqual(complaints, [])
    await context.close()
  }
}

describe('a task for all branches of a street', () => {
  test('looks well before anything is typed', () => looked('/dispatches/new', '.sum'))

  test('says who sends it to whoever does not', async () => {
    const { page, context, complaints } = await office.as('chief')
    await page.goto('/cases')
    await page.getByRole('link', { name: '批量下达任务' }).click()
    await page.getByRole('heading', { name: '您不能下达任务' }).waitFor()
    await page.getByText('任务由担任“组织委员”的人从本单位下达').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('tells its cost, refuses what is known, and keeps what was typed', async () => {
    const { page, context, complaints } = await office.as('street')
    await page.goto('/dispatches/new')
    const cost = page.getByRole('complementary', { name: '占用基层时间' })
    await cost.getByText(`${branches} 个单位`).waitFor()
    await page.getByRole('button', { name: '核对并下达' }).click()
    await page.getByText('请写明依据。').waitFor()
    await fill(page, { 标题: TITLE, 内容: '一页以内', 依据: '年度安排', 每个单位估计用时: MINUTES })
    await page.getByText('请写明依据。').waitFor({ state: 'detached' })
    const hours = Math.round((branches * MINUTES) / 6) / 10
    await cost.getByText(`${hours} 小时`).waitFor()

    await page.getByRole('button', { name: '添加填报项' }).click()
    const first = page.getByRole('group', { name: '填报项 1' })
    await first.getByLabel('填什么').fill('场地')
    await page.getByRole('button', { name: '添加填报项' }).click()
    const second = page.getByRole('group', { name: '填报项 2' })
    await second.getByLabel('填什么').fill('党员人数')
    await second.getByText(/“党员人数”不用再报：党组织页面的人数和党员名册已经有了/).waitFor()
    // What is refused changes nothing of the cost; and is not sent.
    await cost.getByText(`${hours} 小时`).waitFor()
    await page.getByRole('button', { name: '核对并下达' }).click()
    assert.equal(await page.getByRole('dialog').count(), 0)
    assert.deepEqual(await violations(page), [])

    await page.reload()
    await page.getByText(/^已恢复/).waitFor()
    assert.equal(await page.getByLabel('标题', { exact: true }).inputValue(), TITLE)
    await page.getByRole('button', { name: '删除填报项 党员人数' }).click()
    await cost.getByText(`${hours} 小时`).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('goes only to where a certain light is lit', async () => {
    const { page, context, complaints } = await office.as('street')
    await page.goto('/dispatches/new')
    await page.locator('.sum', { hasText: `${branches} 个单位` }).waitFor()
    const lit = page.getByLabel(/^只发给亮着这项灯的单位/)
    await lit.selectOption({ value: 'orglife/theme_day' })
    await page.locator('.sum', { hasNotText: `${branches} 个单位` }).waitFor()
    const count = Number.parseInt(await page.locator('.sum').innerText(), 10)
    assert.ok(count > 0 && count < branches, `${count} of ${branches}`)
    assert.deepEqual(await violations(page), [])
    await page.reload()
    await page.locator('.sum', { hasText: `${count} 个单位` }).waitFor()
    await page.getByRole('button', { name: '重新填写' }).click()
    await page.locator('.sum', { hasText: `${branches} 个单位` }).waitFor()
    await page.getByLabel('哪一类单位').selectOption({ value: 'working_committee' })
    await page.getByText('没有选中任何单位').waitFor()
    assert.ok(await page.getByRole('button', { name: '核对并下达' }).isDisabled())
    await page.getByRole('button', { name: '重新填写' }).waitFor({ state: 'detached' })
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('goes only to where members of a saved view are', async () => {
    const { page, context, complaints } = await office.as('street')
    await page.goto(`/members?organisation=${street}&born_from=1995-01-01`)
    await page.getByRole('button', { name: '我的视图' }).click()
    await page.getByRole('menuitem', { name: '保存当前条件为视图' }).click()
    await page.getByLabel('视图名称').fill('青年党员')
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
    await page.goto('/dispatches/new')
    await page.locator('.sum', { hasText: `${branches} 个单位` }).waitFor()
    await page.getByLabel(/^只发给有这类党员的单位/).selectOption({ label: '青年党员' })
    await page.locator('.sum', { hasNotText: `${branches} 个单位` }).waitFor()
    const count = Number.parseInt(await page.locator('.sum').innerText(), 10)
    assert.ok(count > 0 && count < branches, `${count} of ${branches}`)
    assert.deepEqual(await violations(page), [])
    await page.reload()
    await page.locator('.sum', { hasText: `${count} 个单位` }).waitFor()
    await page.getByRole('button', { name: '重新填写' }).click()
    await page.locator('.sum', { hasText: `${branches} 个单位` }).waitFor()
    await page.getByRole('button', { name: '重新填写' }).waitFor({ state: 'detached' })
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('goes to those that are chosen one by one', async () => {
    const { page, context, complaints } = await office.as('street', { viewport: NARROW })
    await page.goto('/dispatches/new')
    await page.getByLabel('逐个选定').check()
    await page.getByText('选定接收单位后').waitFor()
    await pick(page, page.getByLabel('选定的单位', { exact: true }), branchName)
    await page.getByText('已选 1 个').waitFor()
    await page.locator('.sum', { hasText: /^\s*1 个单位/ }).waitFor()
    await page.getByRole('button', { name: /^加入全部直属下级/ }).click()
    await page.getByText(/^已选 \d\d 个/).waitFor()
    assert.equal(await overflow(page), 0)
    await page.getByRole('button', { name: '全部移除' }).click()
    await page.getByRole('button', { name: '核对并下达' }).click()
    await page.getByText('请至少选一个单位。').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is sent once its cost was told again; the board shows where it stands', async () => {
    const { page, context, complaints } = await office.as('street')
    await page.goto('/dispatches/new')
    await fill(page, { 标题: TITLE, 内容: '一页以内', 依据: '年度安排', 每个单位估计用时: MINUTES })
    await page.getByRole('button', { name: '添加填报项' }).click()
    await page.getByLabel('填什么').fill('场地')
    await page.locator('.sum', { hasText: `${MINUTES} 分钟` }).waitFor()
    await page.getByRole('button', { name: '核对并下达' }).click()
    const dialog = page.getByRole('dialog', { name: '确认下达' })
    await dialog.getByText(`${branches} 个单位 × ${MINUTES} 分钟`).waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: `下达给 ${branches} 个单位` }).click()
    await page.getByRole('heading', { name: TITLE }).waitFor()
    await page.getByText(`${branches} / ${branches}`, { exact: true }).waitFor()
    await page.getByText(`签收 ${branches} 件`).waitFor()
    job = /dispatches\/(\d+)/.exec(page.url())?.[1] ?? ''
    await page.getByRole('button', { name: /表格/ }).first().click()
    await page.getByRole('link', { name: '签收', exact: true }).click()
    await page.waitForURL(/step=/)
    assert.equal(await page.locator('#receivers tbody tr').count(), branches)
    await page.getByLabel('只看超期的').check()
    await page.getByText('没有符合条件的单位').waitFor()
    assert.deepEqual(complaints, [])
    // What was sent is no draft any more.
    await page.goto('/dispatches/new')
    await page.locator('.sum').waitFor()
    assert.equal(await page.getByText(/^已恢复/).count(), 0)
    await context.close()
  })

  test('is received and answered by one; the board and the list show it', async () => {
    const { page, context, complaints } = await office.as('branch')
    await openTask(page, '签收')
    await page.getByRole('button', { name: '签收', exact: true }).click()
    await page.getByRole('heading', { name: '您要办的：办理反馈' }).waitFor()
    const form = page.locator('#act')
    await fill(form, { 办理情况: '已报', 场地: '二楼' })
    await form.getByLabel(/^实际用时/).fill('20')
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('现在到：审核反馈').waitFor()
    await context.close()

    const above = await office.as('street')
    await above.page.goto(`/dispatches/${job}`)
    await above.page.getByText(`签收 ${branches - 1} 件，审核反馈 1 件`).waitFor()
    await above.page.getByLabel('步骤', { exact: true }).selectOption('审核反馈')
    const receivers = above.page.locator('#receivers')
    await receivers.getByRole('link', { name: branchName }).click()
    await above.page.getByRole('button', { name: '通过', exact: true }).click()
    await above.page.getByRole('heading', { name: /已办结$/ }).waitFor()
    await above.page.goto('/dispatches')
    await above.page.getByText(`办结 1 / ${branches}`).waitFor()
    assert.equal(await above.page.getByText(/^撤销 \d/).count(), 0)
    await above.page.getByRole('link', { name: TITLE }).click()
    await above.page.getByText('已办结或撤销 1 件').waitFor()
    await receivers.getByRole('row', { name: branchName }).getByText('已办结').waitFor()
    assert.deepEqual([...complaints, ...above.complaints], [])
    await above.context.close()
  })

  test('what is not there is told so', async () => {
    const { page, context, complaints } = await office.as('street')
    await page.goto('/dispatches/12')
    await page.getByRole('heading', { name: '没有找到这批任务', level: 1 }).waitFor()
    for (const path of ['/dispatches', '/cases', '/stays', '/away', '/ballot-boxes']) {
      await page.goto(`${path}?at=1`)
      await page.getByRole('heading', { name: '没有这个组织' }).waitFor()
      assert.equal(await page.getByRole('button', { name: '再试一次' }).count(), 0)
    }
    await page.goto('/dispatches?at=1')
    await page.getByRole('link', { name: '查看本组织' }).click()
    await page.locator('.boxed-list li').first().waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('the list and the board look well', async () => {
    await looked('/dispatches', '.boxed-list li')
    await looked(`/dispatches/${job}`, '#receivers tbody tr')
  })

  test('is in the account of burden, as planned and as it was', async () => {
    const { page, context, complaints } = await office.as('branch')
    await page.goto('/')
    await page.getByRole('link', { name: '基层负担账' }).click()
    await page
      .getByText(/共收到 1 件任务，下达时估计共需 15 分钟。其中 1 件填报了实际用时，共 20 分钟/)
      .waitFor()
    await page.getByLabel('下达的任务', { exact: true }).check()
    await page.getByText('本单位和下级没有下达任务').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()

    const above = await office.as('street')
    await above.page.goto('/dispatches')
    await above.page.getByRole('main').getByRole('link', { name: '基层负担账' }).click()
    const planned = new Intl.NumberFormat('zh-CN').format(branches * MINUTES)
    await above.page.getByText(new RegExp(`共下达 ${branches} 件任务`)).waitFor()
    await above.page.getByRole('cell', { name: planned, exact: true }).waitFor()
    await above.page.getByLabel('时段').selectOption('去年')
    await above.page.getByText('这段时间没有任务').waitFor()
    await above.context.close()
  })

  test('the account looks well', () => looked('/burden?side=sent', 'tbody tr'))

  test('is among the work in the background, which leads to its board', async () => {
    const { page, context } = await office.as('street', { language: 'en' })
    await page.goto('/jobs')
    await page.getByRole('link', { name: 'A task for many' }).click()
    await page.getByRole('heading', { name: TITLE }).waitFor()
    await context.close()
  })

  test('is nobody else’s to see', async () => {
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/dispatches/${job}`)
    await page.getByRole('heading', { name: '没有找到这批任务' }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
    const member = await office.as('member')
    for (const path of ['/dispatches', '/dispatches/new', '/burden', `/dispatches/${job}`]) {
      await member.page.goto(path)
      await member.page.getByRole('heading', { name: '您没有查看这个页面的权限' }).waitFor()
      assert.deepEqual(await violations(member.page), [])
    }
    assert.equal(await member.page.getByRole('link', { name: '下达的任务' }).count(), 0)
    await member.context.close()
  })
})
