// Procedure 3, organisational life: a meeting from its plan to its resolutions, one without a
// quorum, and the plan of a year.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { NARROW, overflow, violations } from './browser.mjs'
import { BRANCH, day, fill, Office, openTask, pick, toast } from './office.mjs'

const office = new Office()
/** Looks at which a page is held to be accessible. */
/** @type {import('./browser.mjs').Look[]} */
const LOOKS = [{}, { language: 'en', theme: 'dark', viewport: NARROW }]
const TOPIC = '四季度党员大会'
let branch = ''
/** @type {{person: string, name: string, number: string}[]} */
let members = []

before(async () => {
  await office.open([
    ['chief', 'secretary'],
    ['branch', 'organisation_member', BRANCH],
    ['signer', 'secretary', BRANCH],
  ])
  branch = (await office.place('branch')).organisation
  members = await office.members('branch', branch)
  await office.addMembers({ member: members[2]?.number ?? '' })
})
after(() => office.close())

/** Half of those who are due: all who have the right to vote. */
const half = () => Math.ceil(members.length / 2)

/** A meeting that is called: its roster comes next. */
async function called() {
  const { id } = await office.begin('branch', branch, { process: 'meeting' })
  const agenda = [{ topic: '年度计划', vote: true }, { topic: '通报党费' }]
  const kind = 'members_meeting'
  const plan = { kind, planned_on: day(7), topic: '不够人数的大会', agenda }
  await office.through(id, [
    ['branch', 'plan', plan],
    ['signer', 'approve_plan'],
  ])
  return id
}

/**
 * Enters who came; the roster is what waits for the branch.
 * @param {import('playwright-core').Page} page
 * @param {number} present
 */
async function enterRoster(page, present) {
  const form = page.locator('#act')
  await form.getByLabel(/^早于通知日期召开的原因/).fill('上级调整时间')
  await fill(form, { 召开日期: day(), 应到会人数: members.length, 实到会人数: present })
  await page.getByRole('button', { name: '提交' }).click()
}

describe('a meeting', () => {
  test('is planned at the branch’s page; without time for a notice it is refused', async () => {
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/organisations/${branch}`)
    await page.getByRole('link', { name: '发起流程' }).click()
    await page.getByRole('radio', { name: /^组织生活会议/ }).check()
    const form = page.locator('#start')
    await form.getByLabel('种类', { exact: true }).selectOption({ label: '支部党员大会' })
    await fill(form, { 日期: day(), 主题: TOPIC })
    await page.getByRole('button', { name: '发起并提交' }).click()
    const agenda = form.getByRole('group', { name: '议题', exact: true })
    await agenda.getByRole('alert').getByText('请填写这一项。').waitFor()
    await agenda.getByRole('button', { name: '添加一项' }).click()
    const first = form.getByRole('group', { name: '议题，第 1 项' })
    await fill(first, { 议题: '年度计划' })
    await first.getByRole('checkbox', { name: '要表决' }).check()
    await agenda.getByRole('button', { name: '添加一项' }).click()
    await fill(form.getByRole('group', { name: '议题，第 2 项' }), { 议题: '通报党费' })
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: '发起并提交' }).click()
    await page.getByText('核对没有通过：时间来不及通知').waitFor()

    await fill(page.locator('#act'), { 日期: day(7) })
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('现在到：审定议题').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is approved by the secretary; the notice goes to the members', async () => {
    const { page, context, complaints } = await office.as('signer')
    await page.goto('/')
    const tasks = page.getByRole('region', { name: '我的待办' })
    await tasks.getByText(TOPIC).first().waitFor()
    await tasks.getByRole('link', { name: '审定议题' }).click()
    // What is to be approved is on the page.
    const entered = page.getByRole('region', { name: '已填内容' })
    await entered.getByText(TOPIC).waitFor()
    await entered.getByText('支部党员大会').waitFor()
    const agenda = entered.getByRole('group', { name: '议题' })
    await agenda.getByRole('row', { name: '年度计划 是' }).waitFor()
    await agenda.getByRole('row', { name: '通报党费' }).waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: '同意', exact: true }).click()
    await page.getByText('现在到：登记到会').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()

    for (const look of /** @type {import('./browser.mjs').Look[]} */ ([
      {},
      { language: 'en', theme: 'dark', viewport: NARROW },
      { elder: true },
    ])) {
      const member = await office.as('member', look)
      await member.page.goto('/notices')
      const notice = member.page.getByRole('listitem').filter({ hasText: TOPIC })
      await notice.getByText('年度计划').waitFor()
      await notice.getByText(look.language === 'en' ? 'New' : '新', { exact: true }).waitFor()
      if (look.language !== 'en') await notice.getByText('支部党员大会').waitFor()
      assert.deepEqual(await violations(member.page, { rests: true }), [])
      assert.equal(await overflow(member.page), 0)
      // Seen once, it is new no more.
      await member.page.reload()
      await notice.getByText('年度计划').waitFor()
      const fresh = notice.getByText(look.language === 'en' ? 'New' : '新', { exact: true })
      assert.equal(await fresh.count(), 0)
      assert.deepEqual(member.complaints, [])
      await member.context.close()
    }
  })

  test('has its roster, and is told of its quorum before the vote', async () => {
    const { page, context, complaints } = await office.as('branch')
    await openTask(page, '登记到会')
    const due = page.locator('#act').getByLabel('应到会人数', { exact: true })
    await due.and(page.locator(`[aria-valuenow="${members.length}"]`)).waitFor()
    await page.getByText('系统已有、已代填：应到会人数').waitFor()
    await enterRoster(page, members.length + 1)
    await page.getByText(/核对没有通过：实到\d+人，多于应到\d+人/).waitFor()
    assert.deepEqual(await violations(page), [])
    // What is refused is greeted by no success; the reason is where one is.
    assert.equal(await toast(page, '已办').count(), 0)
    await page.locator('#main .said:focus').waitFor()
    const english = await office.as('branch', { language: 'en' })
    await openTask(english.page, 'Roster')
    await english.page
      .getByText(/The check did not pass: \d+ are present, more than the \d+ due/)
      .waitFor()
    await english.page.getByText('Basis: Regulations', { exact: true }).first().waitFor()
    await english.page.getByRole('button', { name: 'Show the diagram' }).click()
    await english.page.locator('.djs-label', { hasText: 'Roster' }).first().waitFor()
    // Gateways, arrows and ends as well as steps.
    await english.page.locator('.djs-label', { hasText: 'Enough?' }).first().waitFor()
    const drawn = await english.page.locator('.drawing .djs-label').allTextContents()
    assert.deepEqual(
      drawn.filter((text) => /\p{Script=Han}/u.test(text)),
      [],
    )
    await english.context.close()
    const there = page.locator('#act').getByLabel(/^到会的人/)
    for (const one of members.slice(0, 2)) await pick(page, there, one.name)
    await enterRoster(page, members.length - 1)
    await page.getByRole('heading', { name: '您要办的：登记表决' }).waitFor()
    const found = page.getByRole('region', { name: '程序算出的' })
    await found
      .getByText(
        `够数，可以表决：应到 ${members.length} 人，实到 ${members.length - 1} 人，至少要 ${half()} 人`,
      )
      .waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('has votes for each item that is voted on; they have to add up', async () => {
    const { page, context, complaints } = await office.as('branch')
    await openTask(page, '登记表决')
    const row = page.getByRole('group', { name: '各项表决，第 1 项' })
    await row.waitFor()
    assert.equal(await row.getByLabel('议题', { exact: true }).inputValue(), '年度计划')
    assert.equal(await page.getByRole('group', { name: '各项表决，第 2 项' }).count(), 0)
    await fill(row, { 赞成: members.length - 2, 反对: 1, 弃权: 1 })
    await page.getByRole('button', { name: '提交' }).click()
    await page
      .getByText(/核对没有通过：议题“年度计划”赞成\d+、反对1、弃权1，合计\d+票，多于实到\d+人/)
      .waitFor()
    assert.deepEqual(await violations(page), [])
    await fill(row, { 反对: 0 })
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByRole('heading', { name: '您要办的：整理记录' }).waitFor()
    const found = page.getByRole('region', { name: '程序算出的' })
    await found.getByText('通过：年度计划。').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('has minutes that the secretary approves, resolutions and a task that follows', async () => {
    const branchs = await office.as('branch')
    await openTask(branchs.page, '整理记录')
    const form = branchs.page.locator('#act')
    // The text of the pack is there already, of this meeting, and stays to be changed.
    const text = await form.getByLabel('记录', { exact: true }).inputValue()
    for (const said of ['支部党员大会记录', '1. 年度计划', `实到${members.length - 1}人`, '通过。'])
      assert.ok(text.includes(said), `${said}: ${text}`)
    assert.ok(text.includes(members[0]?.name ?? ''), 'who was there')
    assert.match(await form.getByLabel(/^决议/).inputValue(), /^通过“年度计划”/)
    await fill(form, { 记录: '讨论了年度计划。' })
    await form.getByLabel(/^决议/).fill('通过年度计划。')
    const tasks = form.getByRole('group', { name: /^任务/ }).first()
    await tasks.getByRole('button', { name: '添加一项' }).click()
    const task = form.getByRole('group', { name: '任务，第 1 项' })
    await fill(task, { 任务: '张贴年度计划' })
    await pick(branchs.page, task.getByLabel(/^谁办/), members[2]?.name ?? '')
    await task.getByLabel(/^办完日期/).fill(day(14))
    await form.getByRole('checkbox', { name: '公开决议' }).check()
    assert.deepEqual(await violations(branchs.page), [])
    await branchs.page.getByRole('button', { name: '提交' }).click()
    await branchs.page.getByText('现在到：审定记录').waitFor()
    assert.deepEqual(branchs.complaints, [])

    const { page, context, complaints } = await office.as('signer', { language: 'en' })
    await openTask(page, 'Approve the minutes')
    await page.getByText('Passed: 年度计划.').waitFor()
    const entered = page.getByRole('region', { name: 'What was entered' })
    await entered.getByText('讨论了年度计划。').waitFor()
    await entered.getByText('通过年度计划。').waitFor()
    await entered.getByRole('cell', { name: members[2]?.name ?? '' }).waitFor()
    await page.getByRole('button', { name: 'Approve', exact: true }).click()
    await page.getByRole('heading', { name: /Completed$/ }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()

    // It lies before the member who is named.
    const member = await office.as('member')
    await openTask(member.page, '办理会议交办的任务')
    await member.page.getByText('张贴年度计划').first().waitFor()
    assert.deepEqual(member.complaints, [])
    await member.context.close()
    await branchs.context.close()
  })

  test('stands on record with its resolutions and who was there', async () => {
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/activities?at=${branch}`)
    await page.getByRole('link', { name: TOPIC }).click()
    await page.getByRole('heading', { name: TOPIC }).waitFor()
    await page.getByText(`应到 ${members.length} 人，实到 ${members.length - 1} 人`).waitFor()
    await page.getByText('通过年度计划。').waitFor()
    await page
      .getByText(members[0]?.name ?? '')
      .first()
      .waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('has its resolutions among what is public to the members', async () => {
    for (const look of LOOKS) {
      const { page, context, complaints } = await office.as('member', look)
      const zh = look.language !== 'en'
      if (look.viewport) await page.goto('/publications')
      else {
        await page.goto('/')
        await page.getByRole('link', { name: zh ? '公示公开' : 'Publications' }).click()
      }
      const one = page.getByRole('article').filter({ hasText: TOPIC })
      await one.getByText('通过年度计划。').waitFor()
      assert.deepEqual(await violations(page), [])
      assert.equal(await overflow(page), 0)
      assert.deepEqual(complaints, [])
      await context.close()
    }
    // To whoever is no member of a branch nothing is public: the account is told so.
    const { page, context } = await office.as('signer')
    await page.goto('/publications')
    await page.getByText('您的账号没有对应的党员档案').waitFor()
    assert.equal(await page.getByRole('link', { name: '公示公开' }).count(), 0)
    assert.deepEqual(await violations(page), [])
    await context.close()
  })
})

describe('a meeting without a quorum', () => {
  test('has no votes: the secretary sees why, and decides what then', async () => {
    await called()
    const branchs = await office.as('branch')
    await openTask(branchs.page, '登记到会')
    await enterRoster(branchs.page, half() - 1)
    await branchs.page.getByText('现在到：到会不够如何办').waitFor()
    await branchs.context.close()

    const { page, context, complaints } = await office.as('signer', { viewport: NARROW })
    await openTask(page, '到会不够如何办')
    const found = page.getByRole('region', { name: '程序算出的' })
    await found
      .getByText(
        `不够数，不能表决：应到 ${members.length} 人，实到 ${half() - 1} 人，至少要 ${half()} 人`,
      )
      .waitFor()
    assert.deepEqual(await violations(page), [])
    assert.equal(await overflow(page), 0)
    await page.getByRole('button', { name: '只通报不表决' }).click()
    const dialog = page.getByRole('dialog', { name: '只通报不表决' })
    await dialog.getByLabel('理由').fill('只通报，不表决')
    await dialog.getByRole('button', { name: '只通报不表决' }).click()
    await toast(page, '已记录：只通报不表决').waitFor()
    await page.getByText('现在到：整理记录').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('the plan of a year', () => {
  let task = ''
  /** @type {{kind: string, from: string, until: string}[]} */
  let proposed = []
  let year = 0
  let nextTask = ''

  test('is proposed by the frequencies; with one meeting short it is refused', async () => {
    const begun = await office.begin('branch', branch, { process: 'year_plan' })
    task = begun.task
    const whole = await office.call('branch', 'get', `/api/v1/cases/${begun.id}`)
    proposed = whole.variables.proposed
    year = Number(proposed[0]?.from.slice(0, 4))
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/tasks/${task}`)
    const last = page.getByRole('group', { name: `计划，第 ${proposed.length} 项` })
    await last.waitFor()
    await last.getByText(/ 至 .+ 之间/).waitFor()
    for (const [index, one] of proposed.entries()) {
      const row = page.getByRole('group', { name: `计划，第 ${index + 1} 项`, exact: true })
      await row.getByLabel('日期', { exact: true }).fill(one.from)
    }
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: `删除计划第 ${proposed.length} 项` }).click()
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText(/核对没有通过：还缺1次/).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('of the year that is shown is begun at its page, and stands there proposed', async () => {
    for (const look of LOOKS) {
      const { page, context, complaints } = await office.as('branch', look)
      const zh = look.language !== 'en'
      await page.goto(`/organisations/${branch}/year?year=${year + 1}`)
      await page.getByRole('link', { name: zh ? '制定年度计划' : 'Make the plan' }).click()
      const which = page.getByLabel(zh ? '哪一年的' : 'Of which year')
      assert.equal(await which.inputValue(), String(year + 1))
      assert.deepEqual(await violations(page), [])
      assert.equal(await overflow(page), 0)
      if (zh) {
        await page.getByRole('button', { name: '发起', exact: true }).click()
        await page.waitForURL('**/tasks/*')
        const kinds = page.locator('#act').getByLabel('种类', { exact: true })
        await kinds.nth(proposed.length - 1).waitFor()
        await page
          .getByText(`${year + 1}-01-01 至`)
          .first()
          .waitFor()
        nextTask = new URL(page.url()).pathname.split('/').at(-1) ?? ''
      }
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })

  test('is complete, and approved by the secretary', async () => {
    const missing = proposed.at(-1)
    const branchs = await office.as('branch')
    await openTask(branchs.page, '补日期和主题')
    const form = branchs.page.locator('#act')
    await form.getByRole('button', { name: '添加一项' }).click()
    const row = form.getByRole('group', { name: `计划，第 ${proposed.length} 项` })
    await row.getByLabel('种类', { exact: true }).selectOption(missing?.kind ?? '')
    await row.getByLabel('日期', { exact: true }).fill(missing?.until ?? '')
    await branchs.page.getByRole('button', { name: '提交' }).click()
    await branchs.page.getByText('现在到：审定计划').waitFor()
    assert.deepEqual(branchs.complaints, [])
    await branchs.context.close()

    const { page, context, complaints } = await office.as('signer')
    await openTask(page, '审定计划')
    await page.getByRole('button', { name: '同意', exact: true }).click()
    await page.getByRole('heading', { name: /已办结$/ }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is on the page of the year, beside its appraisal', async () => {
    for (const look of LOOKS) {
      const { page, context, complaints } = await office.as('signer', look)
      const zh = look.language !== 'en'
      if (zh) {
        await page.goto(`/organisations/${branch}?tab=activities`)
        await page.getByRole('link', { name: '年度计划和民主评议' }).click()
        await page.waitForURL('**/year')
      }
      await page.goto(`/organisations/${branch}/year?year=${year}`)
      const plan = page.getByRole('table', { name: zh ? '年度计划' : 'Plan of the year' })
      await plan.getByRole('row').nth(proposed.length).waitFor()
      const none = zh ? '还没有这一年的民主评议' : 'The year has no appraisal yet'
      await page.getByRole('heading', { name: none }).waitFor()
      assert.deepEqual(await violations(page), [])
      assert.equal(await overflow(page), 0)
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })

  test('a meeting ahead is called from it, with what is known', async () => {
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/organisations/${branch}/year?year=${year}`)
    const call = page.getByRole('link', { name: '发起会议' }).last()
    await call.waitFor()
    const row = page.getByRole('row').filter({ has: call }).last()
    await row.locator('th').filter({ hasText: /\S/ }).waitFor()
    const [on = '', kind = ''] = await row.locator('.day, th').allInnerTexts()
    await row.getByRole('link', { name: '发起会议' }).click()
    const form = page.locator('#start')
    assert.equal(await form.getByLabel('日期', { exact: true }).inputValue(), on)
    const chosen = form.getByLabel('种类', { exact: true }).locator('option:checked')
    assert.equal(await chosen.innerText(), kind)
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('has its meeting once that is called, and is not called twice', async () => {
    const plan = await office.call(
      'branch',
      'get',
      `/api/v1/organisations/${branch}/plan?year=${year}&limit=200`,
    )
    const last = plan.items
      .toSorted((/** @type {any} */ one, /** @type {any} */ other) => (one.on < other.on ? -1 : 1))
      .at(-1)
    const { id } = await office.begin('branch', branch, { process: 'meeting' })
    const agenda = [{ topic: '学习' }]
    await office.through(id, [
      ['branch', 'plan', { kind: last.kind, planned_on: last.on, topic: '学习', agenda }],
      ['signer', 'approve_plan'],
    ])
    for (const look of LOOKS) {
      const { page, context, complaints } = await office.as('branch', look)
      await page.goto(`/organisations/${branch}/year?year=${year}`)
      const called = page.getByRole('link', { name: look.language === 'en' ? 'Called' : '已发起' })
      await called.first().waitFor()
      assert.deepEqual(await violations(page), [])
      assert.equal(await overflow(page), 0)
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })

  test('carries the day of one theme day to the others', async () => {
    for (const look of LOOKS) {
      const { page, context, complaints } = await office.as('branch', look)
      const zh = look.language !== 'en'
      await page.goto(`/tasks/${nextTask}`)
      const kinds = page.locator('#act').getByLabel(zh ? '种类' : 'Kind', { exact: true })
      await kinds.first().waitFor()
      const values = await kinds.evaluateAll((all) =>
        all.map((one) => /** @type {HTMLSelectElement} */ (one).value),
      )
      const themes = values.flatMap((kind, index) => (kind === 'theme_day' ? [index] : []))
      const days = page.locator('#act').getByLabel(zh ? '日期' : 'On', { exact: true })
      await days.nth(themes[0] ?? 0).fill(`${year + 1}-01-08`)
      const second = zh ? '每期的第二个星期五' : 'the second Friday'
      assert.deepEqual(await violations(page), [])
      assert.equal(await overflow(page), 0)
      await page.getByRole('button', { name: zh ? /^每期的第/ : /^the / }).click()
      assert.equal(await page.getByRole('button', { name: second }).count(), 0, 'all have a day')
      for (const [month, index] of themes.entries()) {
        const first = `${year + 1}-${String(month + 1).padStart(2, '0')}`
        assert.ok((await days.nth(index).inputValue()).startsWith(first))
      }
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })

  test('shows an appraisal: sums to all, grades to the secretary', async () => {
    // An appraisal needs an account of every member: its answers are put in here.
    const sums = { decided_on: day(), due: 30, present: 28, collected: 28, graded: 2, year }
    const items = members.slice(0, 2).map(({ person, name, number }, index) => {
      const grade = index === 0 ? 'excellent' : 'qualified'
      return { person, name, number, organisation: branch, year, grade }
    })
    for (const login of ['signer', 'branch']) {
      const { page, context, complaints } = await office.as(login)
      await page.route('**/appraisal?*', (route) => route.fulfill({ json: sums }))
      await page.route('**/grades?*', (route) => route.fulfill({ json: { items, next: null } }))
      await page.goto(`/organisations/${branch}/year?year=${year}`)
      await page.getByText('收回测评票').waitFor()
      const grades = page.locator('.grades')
      if (login === 'signer') await grades.getByText(members[0]?.name ?? '').waitFor()
      else await page.getByText('各人的等次只有书记和本人能看').waitFor()
      assert.equal(await grades.count(), login === 'signer' ? 1 : 0)
      assert.deepEqual(await violations(page), [])
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })

  test('shows a member their own grades', async () => {
    for (const look of LOOKS) {
      const { page, context, complaints } = await office.as('member', look)
      const zh = look.language !== 'en'
      await page.goto('/grades/mine')
      await page.getByRole('heading', { name: zh ? '还没有评议结果' : 'No grade yet' }).waitFor()
      const item = { person: '1', name: '', number: '', organisation: branch, year }
      const items = [
        { ...item, grade: 'excellent' },
        { ...item, year: year - 1, grade: 'qualified' },
      ]
      await page.route('**/grades?*', (route) => route.fulfill({ json: { items, next: null } }))
      await page.reload()
      const rows = page.getByRole('definition')
      await rows.first().waitFor()
      assert.deepEqual(
        await rows.allInnerTexts(),
        zh ? ['优秀', '合格'] : ['Excellent', 'Qualified'],
      )
      assert.deepEqual(await violations(page), [])
      assert.equal(await overflow(page), 0)
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })
})
