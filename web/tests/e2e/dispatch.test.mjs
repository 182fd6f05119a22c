// Procedure 7, tasks between organisations: one that is returned, put off, done badly, done well;
// and one for many, whose cost is told before it is sent.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { NARROW, overflow, violations } from './browser.mjs'
import { BRANCH, day, fill, Office, openTask, pick, STREET, toast } from './office.mjs'

const office = new Office()
const places = { street: '', branch: '', branchName: '', sibling: '' }
const SOON_MS = 10_000
const PAUSE_MS = 100

before(async () => {
  await office.open([
    ['chief', 'secretary'],
    ['branch', 'organisation_member', BRANCH],
    ['street', 'organisation_member', STREET],
  ])
  const branch = await office.place('branch')
  places.street = (await office.place('street')).organisation
  Object.assign(places, { branch: branch.organisation, branchName: branch.name })
  const path = `/api/v1/organisations/${places.street}/children?limit=50`
  const { items } = await office.call('street', 'get', path)
  places.sibling = items.find(
    (/** @type {any} */ one) => one.organisation !== places.branch,
  )?.organisation
  assert.ok(places.sibling, 'the street has two branches')
})
after(() => office.close())

/**
 * Says no to what one has open, with a reason.
 * @param {import('playwright-core').Page} page
 * @param {string} no  what it is called here
 * @param {string} reason
 */
async function refuse(page, no, reason) {
  await page.getByRole('button', { name: no, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: no })
  await dialog.getByRole('button', { name: no }).click()
  await dialog.getByText('请写明理由。').waitFor()
  await dialog.getByLabel('理由').fill(reason)
  await dialog.getByRole('button', { name: no }).click()
  await toast(page, `已记录：${no}`).waitFor()
}

describe('a task for a branch', () => {
  test('is drawn up for a receiver; a day that has passed is refused', async () => {
    const { page, context, complaints } = await office.as('street')
    await page.goto('/cases/new')
    await page.getByRole('radio', { name: /^任务下达和反馈/ }).check()
    await pick(page, page.getByLabel('下达给谁', { exact: true }), places.branchName)
    await page.getByRole('heading', { name: '第一步：填写任务' }).waitFor()
    const form = page.locator('#start')
    const words = { 标题: '报送年度计划', 内容: '一页以内', 依据: '年度安排' }
    await fill(form, { ...words, 办完日期: day(-1) })
    await page.getByRole('button', { name: '发起并提交' }).click()
    await page.getByText('请填写这一项。').waitFor()
    await fill(form, { 每个单位估计分钟数: 30 })
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: '发起并提交' }).click()
    await page.getByText(/核对没有通过/).waitFor()
    await fill(page.locator('#act'), { 办完日期: day(20) })
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('现在到：签收').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is returned with a reason, sent out again, and received', async () => {
    const branchs = await office.as('branch')
    await branchs.page.goto('/')
    const tasks = branchs.page.getByRole('region', { name: '我的待办' })
    await tasks.getByRole('link', { name: '签收' }).click()
    await branchs.page.getByRole('heading', { name: '您要办的：签收' }).waitFor()
    await refuse(branchs.page, '退回', '不属本支部')
    assert.deepEqual(branchs.complaints, [])

    const { page, context, complaints } = await office.as('street')
    await openTask(page, '处理退回的任务')
    await page.getByText('理由：不属本支部').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.locator('#act').getByLabel(/^意见/).fill('属于，请办')
    await page.getByRole('button', { name: '重新下达', exact: true }).click()
    await page.getByText('现在到：签收').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()

    await openTask(branchs.page, '签收')
    await branchs.page.getByRole('button', { name: '签收', exact: true }).click()
    await branchs.page.getByRole('heading', { name: '您要办的：办理反馈' }).waitFor()
    await branchs.context.close()
  })

  test('is put off once that is allowed, by thirty days at most', async () => {
    const { page, context, complaints } = await office.as('branch', { viewport: NARROW })
    await openTask(page, '办理反馈')
    /** @param {number} away */
    const ask = async (away) => {
      await page.getByRole('button', { name: '申请延期' }).click()
      const dialog = page.getByRole('dialog', { name: '申请延期' })
      await dialog.getByLabel('延到哪一天').fill(day(away))
      await dialog.getByRole('button', { name: '申请延期' }).click()
    }
    await ask(60)
    await page.getByText(/核对没有通过/).waitFor()
    assert.deepEqual(await violations(page), [])
    assert.equal(await overflow(page), 0)
    await page.goto('/tasks')
    await page.getByRole('link', { name: '办理反馈', exact: true }).first().click()
    await ask(30)
    await page.getByText('现在到：审批延期').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()

    const above = await office.as('street')
    await openTask(above.page, '审批延期')
    await above.page.getByRole('button', { name: '同意', exact: true }).click()
    await above.page.getByText('现在到：办理反馈').waitFor()
    assert.deepEqual(above.complaints, [])
    await above.context.close()
  })

  test('is done, checked, done better, and closed; the account has what it took', async () => {
    /** @param {string} result @param {number} minutes */
    const report = async (result, minutes) => {
      const { page, context, complaints } = await office.as('branch')
      await openTask(page, '办理反馈')
      const form = page.locator('#act')
      await fill(form, { 办理情况: result })
      await form.getByLabel(/^实际用时/).fill(String(minutes))
      await page.getByRole('button', { name: '提交' }).click()
      await page.getByText('现在到：审核反馈').waitFor()
      assert.deepEqual(complaints, [])
      await context.close()
    }
    await report('已报', 20)
    const { page, context, complaints } = await office.as('street')
    await openTask(page, '审核反馈')
    await refuse(page, '退回重办', '缺数字')
    await report('补齐', 25)
    await openTask(page, '审核反馈')
    await page.getByRole('button', { name: '通过', exact: true }).click()
    await page.getByRole('heading', { name: /已办结$/ }).waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
    const { items } = await office.call(
      'branch',
      'get',
      `/api/v1/organisations/${places.branch}/burden`,
    )
    assert.deepEqual([items[0].planned, items[0].spent], ['30', '25'])
  })
})

// Asked of the server by whoever sends (sending.test.mjs does so on the page), then done on the pages.
describe('a task for many', () => {
  const plan = () => ({
    title: '报送活动场地',
    content: '一页以内',
    basis: '年度安排',
    until: day(20),
    minutes: 15,
    organisations: [places.branch, places.sibling],
  })
  const fields = { properties: { hall: { type: 'string', title: '场地' } }, required: ['hall'] }
  let job = ''
  const board = () => office.call('street', 'get', `/api/v1/dispatches/${job}/steps`)

  test('is told with its cost before it is sent; what is known is not asked for', async () => {
    const at = `/api/v1/organisations/${places.street}`
    const cost = await office.call('street', 'post', `${at}/dispatch-estimates`, plan())
    assert.deepEqual([cost.receivers, cost.minutes_all], ['2', '30'])
    const known = { properties: { members: { type: 'integer', title: '党员人数' } } }
    const asked = { ...plan(), fields: known }
    const refused = await office.ask('street', 'post', `${at}/dispatches`, asked)
    assert.equal(refused.status, 422)
    assert.match(refused.body.detail, /党员/)
    const sent = await office.call('street', 'post', `${at}/dispatches`, { ...plan(), fields })
    job = sent.id
    const until = Date.now() + SOON_MS
    for (;;) {
      const { state, result } = await office.call('street', 'get', `/api/v1/jobs/${job}`)
      if (state === 'done') {
        assert.equal(result.sent, 2)
        break
      }
      assert.ok(Date.now() < until, state)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    const steps = (await board()).items
    assert.deepEqual([steps[0].step, steps[0].cases], ['签收', '2'])
  })

  test('is received and answered on the page, with what else it asks for', async () => {
    const { page, context, complaints } = await office.as('branch')
    await openTask(page, '签收')
    await page.getByRole('button', { name: '签收', exact: true }).click()
    await page.getByRole('heading', { name: '您要办的：办理反馈' }).waitFor()
    const form = page.locator('#act')
    await fill(form, { 办理情况: '已报' })
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('请填写这一项。').waitFor()
    await fill(form, { 场地: '二楼' })
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('现在到：审核反馈').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
    const steps = new Map(
      (await board()).items.map((/** @type {any} */ one) => [one.step, one.cases]),
    )
    assert.equal(steps.get('审核反馈'), '1')
    assert.equal(steps.get('签收'), '1')
  })

  test('is withdrawn by its sender before it is received', async () => {
    const { items } = await office.call('street', 'get', `/api/v1/dispatches/${job}/receivers`)
    const other = items.find((/** @type {any} */ one) => one.organisation === places.sibling)
    const { page, context, complaints } = await office.as('street')
    await page.goto(`/cases/${other.case_id}`)
    await page.getByRole('button', { name: '未签收即撤销' }).click()
    const dialog = page.getByRole('dialog', { name: '未签收即撤销' })
    await dialog.getByRole('button', { name: '未签收即撤销' }).click()
    await page.getByRole('heading', { name: /已办结$/ }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })
})
