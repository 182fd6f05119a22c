// Procedure 1, developing members: from the application on, by the branch, its secretary and the
// committee above; what comes too early or does not add up is refused with its article.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { NARROW, overflow, violations } from './browser.mjs'
import { BRANCH, day, fill, Office, openTask, pick, STREET, toast } from './office.mjs'

const office = new Office()
const APPLICANT = '周新禾'
let branch = ''
/** @type {{person: string, name: string}[]} */
let members = []

before(async () => {
  await office.open([
    ['chief', 'secretary'],
    ['branch', 'organisation_member', BRANCH],
    ['signer', 'secretary', BRANCH],
    ['street', 'organisation_member', STREET],
    ['head', 'secretary', STREET],
  ])
  branch = (await office.place('branch')).organisation
  members = await office.members('branch', branch)
})
after(() => office.close())

const applied = { applicant_name: APPLICANT, born_on: '2000-05-01', citizen: true }

/**
 * A case of somebody who applied long ago: its days have passed.
 * @param {[string, string, Record<string, unknown>?, number?][]} more
 */
async function longAgo(more = []) {
  const { id } = await office.begin('branch', branch, { process: 'development' })
  const talked = { talked_on: day(-890), talked_by: [members[0]?.person] }
  await office.through(id, [
    ['branch', 'register', { ...applied, applied_on: day(-900), other_person: true }],
    ['branch', 'talk', talked],
    ...more,
  ])
  return id
}

/** @returns {[string, string, Record<string, unknown>?, number?][]} up to the members' meeting */
function untilMeeting() {
  const two = members.slice(0, 2).map((one) => one.person)
  const political = { political_reviewed_on: day(-40), political_conclusion: '合格' }
  const review = { review_notes: '踏实', ready: true }
  return [
    ['branch', 'recommend', { recommended_by: 'youth_league', recommended_on: day(-805) }],
    ['signer', 'decide_activist', { activist_on: day(-800) }],
    ['street', 'file_activist', { filed_on: day(-799) }],
    ['branch', 'contacts', { contacts: two }],
    ['branch', 'review', { ...review, reviewed_on: day(-610) }],
    ['branch', 'review', { ...review, reviewed_on: day(-425) }],
    ['branch', 'hear', { opinions: '同意', notice_from: day(-60) }, 60],
    ['signer', 'decide_object', { object_on: day(-44) }, 44],
    ['street', 'agree_object', { agreed_on: day(-43) }],
    ['branch', 'introducers', { introducers: two }],
    ['branch', 'political_review', political],
    ['street', 'training', { trained_on: day(-35), training_days: 3 }],
    ['signer', 'branch_review', { branch_reviewed_on: day(-30) }],
    ['street', 'pre_review', { pre_reviewed_on: day(-28) }],
    ['branch', 'petition', { petition_on: day(-28) }],
  ]
}

describe('an application', () => {
  let id = ''

  test('comes in at the branch’s page; under eighteen it is refused with the article', async () => {
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/organisations/${branch}`)
    await page.getByRole('link', { name: '发起流程' }).click()
    await page.getByRole('radio', { name: /^发展党员/ }).check()
    await page.getByRole('heading', { name: '第一步：登记入党申请' }).waitFor()
    const form = page.locator('#start')
    await fill(form, { 姓名: APPLICANT, 出生日期: day(-17 * 365), 递交申请书日期: day() })
    await page.getByRole('button', { name: '发起并提交' }).click()
    await page.getByText('请填写这一项。').waitFor()
    const citizen = page.getByRole('group', { name: '中国公民' })
    await citizen.getByRole('radio', { name: '是' }).check()
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: '发起并提交' }).click()
    await page.getByText('核对没有通过：递交申请书之日不满十八岁（细则第五条）').waitFor()
    await page.getByRole('heading', { name: '您要办的：登记入党申请' }).waitFor()
    assert.deepEqual(await violations(page), [])

    await fill(page.locator('#act'), { 出生日期: '2000-05-01' })
    await page.getByRole('button', { name: '提交' }).click()
    await toast(page, '“登记入党申请”已办').waitFor()
    await page.getByRole('heading', { name: '您要办的：派人谈话' }).waitFor()
    const papers = page.getByRole('region', { name: '归档材料' })
    await papers.getByText('到现在的步骤：已归档 0 项，未归档 2 项').waitFor()
    const paper = papers.getByRole('listitem').filter({ hasText: '入党申请书' }).first()
    await paper.getByText('未归档', { exact: true }).waitFor()
    assert.deepEqual(complaints, [])
    id = (await office.caseAt('branch', page)).head.case_id
    await context.close()
  })

  test('is not recommended before its earliest day, which is told with its basis', async () => {
    const { page, context, complaints } = await office.as('branch')
    await openTask(page, '派人谈话')
    const form = page.locator('#act')
    await fill(form, { 谈话日期: day() })
    await pick(page, form.getByLabel('谈话人', { exact: true }), members[0]?.name ?? '')
    await page.getByRole('button', { name: '提交' }).click()
    await toast(page, '“派人谈话”已办').waitFor()
    const days = page.getByRole('region', { name: '时间' })
    await days.getByText('可确定为积极分子').waitFor()
    await days.getByText('最早').waitFor()
    await days.getByText('依据：地方规定').waitFor()
    assert.equal(await page.locator('#act').count(), 0)
    assert.deepEqual(await violations(page), [])
    await context.close()
    assert.deepEqual(complaints, [])

    const step = `/api/v1/cases/${id}/steps/recommend/actions`
    const tried = await office.ask('branch', 'post', step, { verb: 'approve' })
    assert.equal(tried.status, 422)
    assert.match(tried.body.detail, /“推荐入党积极分子”最早 .+ 才能办（地方规定）/)
  })
})

describe('an activist', () => {
  /** @type {import('playwright-core').Page} */
  let opened

  /** The recommendation, as the branch fills it in. */
  async function recommend() {
    const { page, context, complaints } = await office.as('branch')
    await openTask(page, '推荐入党积极分子')
    await page.getByRole('radio', { name: '共青团推优' }).check()
    await fill(page.locator('#act'), { 推荐日期: day(-805) })
    opened = page
    return { context, complaints }
  }
  async function submitted() {
    await opened.getByRole('button', { name: '提交' }).click()
    await opened.getByText('现在到：支委会确定积极分子').waitFor()
  }

  test('is recommended by the branch; its committee says no, with a reason', async () => {
    await longAgo()
    const first = await recommend()
    await submitted()
    await opened.getByText('这一项现在由别人办').waitFor()
    assert.deepEqual(first.complaints, [])
    await first.context.close()

    const { page, context, complaints } = await office.as('signer')
    await page.goto('/')
    const tasks = page.getByRole('region', { name: '我的待办' })
    await tasks.getByRole('link', { name: '支委会确定积极分子' }).click()
    await page.getByRole('heading', { name: '您要办的：支委会确定积极分子' }).waitFor()
    await page.getByRole('button', { name: '不同意' }).click()
    const dialog = page.getByRole('dialog', { name: '不同意' })
    await dialog.getByRole('button', { name: '不同意' }).click()
    await dialog.getByText('请写明理由。').waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByLabel('理由').fill('先听取共青团意见')
    await dialog.getByRole('button', { name: '不同意' }).click()
    await toast(page, '已记录不同意').waitFor()
    await page.getByText('现在到：推荐入党积极分子').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is recommended again and decided on, by people; the committee takes note', async () => {
    const again = await recommend()
    await opened.getByText('理由：先听取共青团意见').waitFor()
    await submitted()
    await again.context.close()

    const signer = await office.as('signer')
    await openTask(signer.page, '支委会确定积极分子')
    await fill(signer.page.locator('#act'), { 确定日期: day(-800) })
    await signer.page.getByRole('button', { name: '同意', exact: true }).click()
    await signer.page.getByText('现在到：积极分子备案').waitFor()
    await signer.context.close()

    const look = /** @type {const} */ ({ language: 'en', viewport: NARROW })
    const { page, context, complaints } = await office.as('street', look)
    await openTask(page, 'The committee takes note of the activist')
    await fill(page.locator('#act'), { On: day(-799) })
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.getByText('Stands at: Name the contacts').waitFor()
    assert.equal(await overflow(page), 0)
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('has one or two contacts, whom the branch names; no third can be added', async () => {
    const { page, context, complaints } = await office.as('branch')
    await openTask(page, '指定培养联系人')
    const field = page.locator('#act').getByLabel('培养联系人（正式党员）', { exact: true })
    for (const one of members.slice(0, 2)) await pick(page, field, one.name)
    await field.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '提交' }).click()
    await toast(page, '“指定培养联系人”已办').waitFor()
    // The half year since has long passed: the review is there by itself.
    await page.getByText('现在到：培养教育考察').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('the reception', () => {
  let id = ''

  test('is voted on: votes that do not add up are refused', async () => {
    id = await longAgo(untilMeeting())
    const { page, context, complaints } = await office.as('signer')
    await openTask(page, '支部大会讨论接收')
    const form = page.locator('#act')
    const due = form.getByLabel('应到会有表决权人数', { exact: true })
    await due.and(page.locator(`[aria-valuenow="${members.length}"]`)).waitFor()
    const all = members.length
    const counts = { 应到会有表决权人数: all, 实到会有表决权人数: all }
    await fill(form, {
      召开日期: day(-20),
      ...counts,
      赞成: all - 1,
      反对: 2,
      '弃权（含无效票）': 0,
    })
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText(/核对没有通过：赞成、反对、弃权合计\d+票，多于实到/).waitFor()
    assert.deepEqual(await violations(page), [])
    await fill(form, { 反对: 1, '弃权（含无效票）': 0 })
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('现在到：报送审批').waitFor()
    const found = page.getByRole('region', { name: '程序算出的' })
    await found.getByText('赞成够数', { exact: true }).waitFor()
    assert.equal(await page.getByText('核对没有通过').count(), 0)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is approved by the committee; who was received is on the roll, on probation', async () => {
    await office.through(id, [
      ['branch', 'send_up', { sent_on: day(-18) }],
      ['street', 'talk_before', { talked_before_on: day(-16), talk_opinion: '同意' }],
    ])
    const { page, context, complaints } = await office.as('head')
    await openTask(page, '党委审批接收')
    await fill(page.locator('#act'), { 审批日期: day() })
    await page.getByRole('button', { name: '同意', exact: true }).click()
    await toast(page, '“党委审批接收”已办').waitFor()
    await page.getByRole('link', { name: APPLICANT }).click()
    await page.getByRole('heading', { name: APPLICANT }).waitFor()
    await page.getByText('预备党员').first().waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
    const probationary = await office.members('branch', branch, 'probationary')
    assert.ok(probationary.some((one) => one.name === APPLICANT))
  })
})
