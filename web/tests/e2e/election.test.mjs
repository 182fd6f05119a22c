// Procedure 4, an election: reminder, request, nominations, the vote, officers, the result; the
// posts and the term on the organisation's page.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { violations } from './browser.mjs'
import { BRANCH, day, fill, Office, openTask, pick, STREET, toast } from './office.mjs'

const office = new Office()
/** Strokes of surnames, as the rules for ballots count them. */
const STROKES = new Map(
  Object.entries({ 马: 3, 王: 4, 刘: 6, 李: 7, 周: 8, 赵: 9, 徐: 10, 黄: 11, 谢: 12, 谭: 14 }),
)
const TERM_DAYS = 3 * 365
let branch = ''
/** By strokes of their surnames, the fewest first. */
/** @type {{person: string, name: string, number: string}[]} */
let candidates = []
let voters = 0

before(async () => {
  await office.open([
    ['chief', 'secretary'],
    ['branch', 'organisation_member', BRANCH],
    ['signer', 'secretary', BRANCH],
    ['street', 'organisation_member', STREET],
  ])
  branch = (await office.place('branch')).organisation
  const known = new Map()
  const members = await office.members('branch', branch)
  voters = members.length
  for (const one of members) {
    const strokes = STROKES.get([...one.name][0] ?? '')
    if (strokes && !known.has(strokes)) known.set(strokes, one)
  }
  candidates = [...known.keys()].sort((a, b) => a - b).map((strokes) => known.get(strokes))
  assert.ok(candidates.length >= 3, 'three members with surnames of different strokes')
  candidates.length = 3
  // A term that ends within six months.
  const record = { elected: day(90 - TERM_DAYS), term_years: '3', extended_to: '' }
  const path = `/api/v1/organisations/${branch}/record`
  await office.call('chief', 'patch', path, record, { 'If-Match': '*' })
})
after(() => office.close())

/**
 * Does a step that has but to be agreed to.
 * @param {string} login
 * @param {string} name
 * @param {string} next
 */
async function agree(login, name, next) {
  const { page, context, complaints } = await office.as(login)
  await openTask(page, name)
  await page.getByRole('button', { name: '同意', exact: true }).click()
  await page.getByText(`现在到：${next}`).waitFor()
  assert.deepEqual(complaints, [])
  await context.close()
}

describe('an election', () => {
  test('is begun by the body above, at the branch’s page, and the branch reminded', async () => {
    const { page, context, complaints } = await office.as('street')
    await page.goto(`/organisations/${branch}`)
    await page.getByRole('link', { name: '发起流程' }).click()
    await page.getByRole('radio', { name: /^换届/ }).check()
    await page.getByText('第一步到了日期才有').waitFor()
    const begin = page.getByRole('button', { name: '发起', exact: true, disabled: false })
    await begin.waitFor()
    assert.deepEqual(await violations(page), [])
    await begin.click()
    await toast(page, '流程已发起').waitFor()
    // Less than six months are left: the step is there by itself.
    await page.getByRole('heading', { name: '您要办的：提醒换届' }).waitFor()
    await fill(page.locator('#act'), { 提醒日期: day() })
    await page.getByRole('radio', { name: '书面' }).check()
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('现在到：提出换届请示').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is requested by the secretary, not for a day after the term; and approved', async () => {
    const { page, context, complaints } = await office.as('signer')
    await openTask(page, '提出换届请示')
    const form = page.locator('#act')
    await form.getByLabel(/^计划选举日期/).fill(day(200))
    await form.getByLabel(/^应选人数/).fill('2')
    await form.getByLabel(/^方式/).selectOption({ label: '党员大会' })
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText(/核对没有通过：应写明不晚于任期届满的选举日期/).waitFor()
    assert.deepEqual(await violations(page), [])
    await form.getByLabel(/^计划选举日期/).fill(day(30))
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('现在到：批复换届').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
    await agree('street', '批复换届', '提名推荐候选人')
  })

  test('has a fifth more candidates than seats: with too few it is refused', async () => {
    const { page, context, complaints } = await office.as('branch')
    await openTask(page, '提名推荐候选人')
    const field = page.locator('#act').getByLabel('候选人', { exact: true })
    const [first, second, third] = candidates
    for (const one of [third, first]) await pick(page, field, one?.name ?? '')
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('核对没有通过：候选人至少3名（差额不少于百分之二十）').waitFor()
    assert.deepEqual(await violations(page), [])
    await pick(page, field, second?.name ?? '')
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('现在到：审批候选人').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
    await agree('street', '审批候选人', '选举大会投票')
  })

  test('has its candidates in order of strokes; tellers’ counts have to fit', async () => {
    const { page, context, complaints } = await office.as('signer')
    await openTask(page, '选举大会投票')
    const ballot = page.getByRole('region', { name: '程序算出的' }).locator('ol > li')
    for (const [index, one] of candidates.entries())
      await ballot.nth(index).getByText(one.name).waitFor()
    assert.equal(await ballot.count(), 3)

    const form = page.locator('#act')
    const few = Math.ceil((voters * 4) / 5) - 1
    const counts = { 应到会有选举权人数: voters, 发出选票: few, 收回选票: few, 废票: 0 }
    await fill(form, { 选举日期: day(), ...counts, 实到会有选举权人数: few })
    // Who stands in this round is there already, in the order of the ballot; a vote that is held
    // again is counted anew.
    const countVotes = async () => {
      for (const [index, yes] of [few, few - 3, 3].entries()) {
        const row = form.getByRole('group', { name: `各人赞成票，第 ${index + 1} 项` })
        const field = row.getByLabel('候选人', { exact: true })
        const name = candidates[index]?.name ?? ''
        await page.waitForFunction(
          ([input, wanted]) => /** @type {HTMLInputElement} */ (input).value.includes(wanted),
          /** @type {const} */ ([await field.elementHandle(), name]),
        )
        await fill(row, { 赞成: yes })
      }
    }
    await countVotes()
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('核对没有通过：到会不足应到会的五分之四').waitFor()
    assert.deepEqual(await violations(page), [])
    await countVotes()
    await fill(form, { 实到会有选举权人数: voters, 发出选票: voters, 收回选票: voters + 1 })
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText(/核对没有通过：收回的票多于发出的票，选举无效/).waitFor()
    await countVotes()
    await fill(form, { 收回选票: voters })
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByRole('heading', { name: '您要办的：委员会选举书记副书记' }).waitFor()
    const reckoned = page.getByRole('region', { name: '程序算出的' })
    const elected = reckoned.locator('ul.names > li')
    for (const [index, one] of candidates.slice(0, 2).entries())
      await elected.nth(index).getByText(one.name).waitFor()
    assert.equal(await elected.count(), 2)
    // The round that was counted stays, with its day, presence and votes; those refused are none.
    const rounds = reckoned.locator('.rounds > li')
    assert.equal(await rounds.count(), 1)
    await rounds.getByText(`应到 ${voters} 人，实到 ${voters} 人`).waitFor()
    await rounds.getByText(`${few} 票赞成`).waitFor()
    assert.equal(await rounds.getByText('当选', { exact: true }).count(), 2)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('has officers from among those elected', async () => {
    const { page, context, complaints } = await office.as('signer', { language: 'en' })
    await openTask(page, 'The committee elects its officers')
    const form = page.locator('#act')
    for (const [label, value] of [
      [/^Committee members present/, '2'],
      [/^Yes/, '2'],
      [/^No/, '0'],
      [/^Abstentions/, '0'],
      [/^Elected on/, day()],
    ])
      await form.getByLabel(/** @type {RegExp} */ (label)).fill(String(value))
    const rows = form.getByRole('group', { name: 'Elected', exact: true })
    await rows.getByRole('button', { name: 'Add one' }).click()
    const row = form.getByRole('group', { name: 'Elected, number 1' })
    const person = row.getByLabel('Person', { exact: true })
    await pick(page, person, candidates[2]?.name ?? '')
    await row.getByRole('radio', { name: 'Secretary', exact: true }).check()
    await page.getByRole('button', { name: 'Submit' }).click()
    await page
      .getByText('The check did not pass: The secretary and deputies are elected from among')
      .waitFor()
    assert.deepEqual(await violations(page), [])
    await pick(page, person, candidates[0]?.name ?? '')
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.getByText('Stands at: Report the result').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is reported and approved: posts and term are on the organisation’s page', async () => {
    const branchs = await office.as('branch')
    await openTask(branchs.page, '报告选举结果')
    await fill(branchs.page.locator('#act'), { 报告日期: day() })
    await branchs.page.getByRole('button', { name: '提交' }).click()
    await branchs.page.getByText('现在到：批准选举结果').waitFor()

    const { page, context, complaints } = await office.as('street')
    await openTask(page, '批准选举结果')
    await page.getByRole('button', { name: '同意', exact: true }).click()
    await page.getByRole('heading', { name: /已办结$/ }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()

    await branchs.page.goto(`/organisations/${branch}?tab=posts`)
    const [first, second] = candidates
    const posts = branchs.page.getByRole('table', { name: '班子与空缺' })
    const held = posts.getByRole('row', { name: /^书记/ })
    await held.getByRole('link', { name: first?.name ?? '' }).waitFor()
    await posts.getByRole('link', { name: second?.name ?? '' }).waitFor()
    const ends = `${Number(day().slice(0, 4)) + 3}${day().slice(4)}`
    await branchs.page.getByText(`至 ${ends}`).waitFor()
    assert.deepEqual(branchs.complaints, [])
    await branchs.context.close()
  })
})
