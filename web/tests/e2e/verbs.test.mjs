// What can be done with a task beside doing it: another signs it first, it is copied to somebody,
// given to somebody for good, or for a while.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { NARROW, overflow, violations } from './browser.mjs'
import { BRANCH, day, Office, openTask, pick, STREET, toast } from './office.mjs'

const office = new Office()
/** @type {{person: string, name: string, number: string}[]} */
let members = []
let branch = ''
let street = ''

before(async () => {
  await office.open([
    ['chief', 'secretary'],
    ['branch', 'organisation_member', BRANCH],
    ['street', 'organisation_member', STREET],
  ])
  branch = (await office.place('branch')).organisation
  street = (await office.place('street')).organisation
  members = (await office.members('chief', branch)).slice(0, 2)
  const [one, two] = members
  assert.ok(one && two, 'the branch has two members')
  await office.addMembers({ one: one.number, two: two.number })
})
after(() => office.close())

/** A task of the street that the branch has to receive. */
async function sent() {
  const { id, task } = await office.begin('street', branch, { process: 'task', sender: street })
  const variables = { title: '报送', content: '一页', basis: '安排', until: day(20), minutes: 30 }
  await office.call('street', 'post', `/api/v1/tasks/${task}/actions`, {
    verb: 'approve',
    variables,
  })
  return office.taskAt('branch', id, 'receive')
}

/**
 * Does one of the other things with the task that a page shows, for a member.
 * @param {import('playwright-core').Page} page
 * @param {string} verb
 * @param {string} name
 * @param {string} [reason]
 */
async function hand(page, verb, name, reason) {
  await page.getByRole('button', { name: '其他办法' }).click()
  await page.getByRole('menuitem', { name: verb, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: verb })
  await dialog.getByRole('button', { name: verb }).click()
  await dialog.getByText('请选择一个人。').waitFor()
  await pick(page, dialog.getByLabel('谁', { exact: true }), name)
  if (reason) await dialog.getByLabel(/^(理由|意见)/).fill(reason)
  assert.deepEqual(await violations(page), [])
  await dialog.getByRole('button', { name: verb }).click()
}

/**
 * Signs that what lies before somebody has come.
 * @param {string} login
 */
async function received(login) {
  const { page, context, complaints } = await office.as(login)
  await openTask(page, '签收')
  await page.getByRole('button', { name: '签收', exact: true }).click()
  await toast(page, '签收').waitFor()
  assert.deepEqual(complaints, [])
  await context.close()
}

describe('the page of a case whose step others have', () => {
  test('offers to urge it and to take back what one did, after an urge as before it', async () => {
    const task = await sent()
    const { whole } = await office.call('branch', 'get', `/api/v1/tasks/${task}`)
    const { page, context, complaints } = await office.as('street')
    await page.goto(`/cases/${whole.head.case_id}`)
    await page.getByRole('button', { name: '撤回', exact: true }).waitFor()
    await page.getByRole('button', { name: '催办', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: '催办' })
    await dialog.getByRole('button', { name: '催办' }).click()
    await toast(page, '已催办').waitFor()
    await page.getByRole('button', { name: '撤回', exact: true }).click()
    const back = page.getByRole('dialog', { name: '撤回' })
    await back.getByLabel(/^(理由|意见)/).fill('写错了日期')
    assert.deepEqual(await violations(page), [])
    await back.getByRole('button', { name: '撤回' }).click()
    await toast(page, '已撤回').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('what else is done with a task', () => {
  test('is copied to somebody, who is told and may look at it', async () => {
    const task = await sent()
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/tasks/${task}`)
    await hand(page, '抄送', members[0]?.name ?? '', '请知悉')
    await toast(page, '已抄送').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()

    const told = await office.as('one', { viewport: NARROW })
    await told.page.goto('/notices')
    const notice = told.page.getByRole('listitem').filter({ hasText: '抄送' }).first()
    await notice.getByRole('heading', { name: /任务下达和反馈 · 签收/ }).waitFor()
    await notice.getByText('请知悉').waitFor()
    assert.deepEqual(await violations(told.page), [])
    assert.equal(await overflow(told.page), 0)
    await notice.getByRole('link', { name: '查看这一事项' }).click()
    await told.page.getByText('现在到：签收').waitFor()
    assert.equal(await told.page.getByRole('button', { name: '催办', exact: true }).count(), 0)
    assert.equal(await told.page.getByRole('button', { name: '签收', exact: true }).count(), 0)
    assert.deepEqual(told.complaints, [])
    await told.context.close()
  })

  test('another signs it before, and then whose it is', async () => {
    const task = await sent()
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/tasks/${task}`)
    await hand(page, '加签', members[0]?.name ?? '')
    await toast(page, '已加签').waitFor()
    await received('one')
    await page.goto(`/tasks/${task}`)
    await page.getByRole('button', { name: '签收', exact: true }).click()
    await page.getByText('现在到：办理反馈').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is done by another for a while, and then goes to somebody for good', async () => {
    const task = await sent()
    const { page, context, complaints } = await office.as('branch', { viewport: NARROW })
    await page.goto(`/tasks/${task}`)
    await hand(page, '委托他人代办', members[0]?.name ?? '', '住院')
    await toast(page, '已委托').waitFor()
    assert.equal(await overflow(page), 0)
    await received('one')
    // It comes back to whose it is.
    await page.goto(`/tasks/${task}`)
    await page.getByRole('button', { name: '签收', exact: true }).waitFor()
    await hand(page, '转给他人办', members[1]?.name ?? '', '出差')
    await toast(page, '已转办').waitFor()
    const agree = page.getByRole('button', { name: '签收', exact: true })
    await agree.waitFor({ state: 'detached' })
    assert.deepEqual(complaints, [])
    await context.close()

    // Who may look nobody up is not asked whom.
    const last = await office.as('two')
    await openTask(last.page, '签收')
    await last.page.getByRole('button', { name: '其他办法' }).click()
    await last.page.getByRole('menuitem').first().waitFor()
    assert.equal(await last.page.getByRole('menuitem', { name: '委托他人代办' }).count(), 0)
    assert.deepEqual(last.complaints, [])
    await last.context.close()
    await received('two')
  })

  test('is dealt with among many; the work in the background tells what became of each', async () => {
    const { task } = await office.begin('street', branch, { process: 'task', sender: street })
    const what = { verb: 'approve', tasks: [task] }
    await office.call('street', 'post', '/api/v1/task-batches', what)
    const { page, context, complaints } = await office.as('street', { language: 'en' })
    await page.goto('/jobs')
    await page.getByRole('link', { name: 'Many tasks dealt with' }).waitFor()
    await page.getByText('Done: 0. Not done: 1.').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByRole('link', { name: 'What became of each' }).click()
    await page.getByText(/Still missing: Title/).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('pages say what is lacking by its name', async () => {
    const { page, context } = await office.as('one', { language: 'en' })
    await page.goto('/dispatches')
    await page.getByText('It takes the permission “See cases”').waitFor()
    await context.close()
  })
})
