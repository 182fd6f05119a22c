// Dues paid online, at the sandbox's cashier: a member pays, also after a payment that failed; what
// waits for a person is seen to by whoever collects.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { NARROW, overflow, violations } from './browser.mjs'
import { BRANCH, day, Office, toast } from './office.mjs'

const office = new Office()
const YEAR = Number(day().slice(0, 4))
const MONTH = day().slice(0, 7)
const ORDERS = '/api/v1/dues-orders'
/** @type {import('./browser.mjs').Look[]} */
const LOOKS = [{}, { language: 'en', theme: 'dark', viewport: NARROW }]
let branch = ''
/** @type {{person: string, name: string, number: string}[]} */
let members = []

/** Takes back what a member paid for this month, so that it is owed. @param {string} person */
async function owe(person) {
  const path = `/api/v1/organisations/${branch}/payments?from=${MONTH}&to=${MONTH}&limit=100`
  const { items } = await office.call('branch', 'get', path)
  const { payments } = items.find((/** @type {any} */ one) => one.person === person)
  const back = `/api/v1/persons/${person}/payments/withdrawals`
  for (const paid of payments) await office.call('branch', 'post', back, paid)
}

/**
 * Fixes ten yuan a month.
 * @param {string} login
 * @param {string} person
 */
async function fix(login, person) {
  const { id } = await office.begin('branch', branch, { process: 'dues_base', person })
  const items = [{ kind: 'pension', cents: 200000 }]
  await office.through(id, [['branch', 'items', { year: YEAR, group: 'retiree', items }]])
  // A member has the task, and not the case.
  const look = await office.taskAt('branch', id, 'look')
  await office.call(login, 'post', `/api/v1/tasks/${look}/actions`, { verb: 'approve' })
  await office.through(id, [['signer', 'fix', { fixed_on: day() }]])
}

before(async () => {
  await office.open([
    ['branch', 'organisation_member', BRANCH],
    ['signer', 'secretary', BRANCH],
  ])
  branch = (await office.place('branch')).organisation
  members = (await office.members('branch', branch)).slice(0, 2)
  const [member, other] = members
  await office.addMembers({ member: member?.number ?? '', other: other?.number ?? '' })
  for (const [login, one] of /** @type {const} */ ([
    ['member', member],
    ['other', other],
  ])) {
    await owe(one?.person ?? '')
    await fix(login, one?.person ?? '')
  }
})
after(() => office.close())

/** @param {import('playwright-core').Page} page */
const section = (page) => page.getByRole('region', { name: '网上交纳' })

describe('a member', () => {
  test('pays after a payment that failed, and sees the receipt', async () => {
    const { page, context, complaints } = await office.as('member')
    await page.goto('/dues/mine')
    const pay = section(page).getByRole('button', { name: '网上交纳', exact: true })
    // Nothing ticked is nothing to pay.
    const months = section(page).getByRole('checkbox')
    await months.first().waitFor()
    const count = await months.count()
    for (let at = 0; at < count; at += 1) await months.nth(at).uncheck()
    assert.equal(await pay.isDisabled(), true)
    for (let at = 0; at < count; at += 1) await months.nth(at).check()
    assert.deepEqual(await violations(page), [])
    await pay.click()

    await page.waitForURL('**/pay/sandbox/*')
    await page.getByText('模拟收银台，不会扣款。').waitFor()
    await page.getByText(/^党费：.*月/).waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: '支付失败' }).click()
    await page.waitForURL('**/dues/mine')
    await page.getByText('上次付款没有成功，没有收到钱。').waitFor()

    await pay.click()
    await page.waitForURL('**/pay/sandbox/*')
    // Whoever turns away finds the order again.
    await page.goto('/dues/mine')
    await page.getByText('已经下单，等待付款。').waitFor()
    await page.reload()
    await page.getByText('已经下单，等待付款。').waitFor()
    assert.equal(await pay.count(), 0)
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: '去付款' }).click()
    await page.getByRole('button', { name: '支付成功' }).click()
    await page.waitForURL('**/dues/mine')
    await page.getByText('党费已经收到，已登记到下面各月。').waitFor()
    await section(page)
      .getByText(/^订单号 \d+，.*到账/)
      .waitFor()
    await section(page).getByText('现在没有要交的党费。').waitFor()
    const month = `${YEAR}年${Number(MONTH.slice(5))}月`
    const row = page.getByRole('table').getByRole('row').filter({ hasText: month })
    await row.getByText('已交', { exact: true }).first().waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('stands in the secretary’s grid as having paid', async () => {
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/payments?at=${branch}&person=${members[0]?.person}`)
    const row = page.getByRole('row').filter({ hasText: members[0]?.name ?? '' })
    await row
      .getByRole('button', { name: /：已交 10\.00 元$/ })
      .last()
      .waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('gives an order up, and hears of a payment without asking', async () => {
    const { page, context, complaints } = await office.as('other', { viewport: NARROW })
    await page.goto('/dues/mine')
    const pay = section(page).getByRole('button', { name: '网上交纳', exact: true })
    await pay.click()
    await page.waitForURL('**/pay/sandbox/*')
    await page.goto('/dues/mine')
    await page.getByRole('button', { name: '取消这笔交纳' }).click()
    await pay.waitFor()
    assert.equal(await overflow(page), 0)

    const { owed } = await office.call('other', 'get', ORDERS)
    const data = { months: owed.map((/** @type {any} */ one) => one.month) }
    const order = await office.call('other', 'post', ORDERS, data)
    await page.getByText('已经下单，等待付款。').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.equal(await overflow(page), 0)
    // The months are paid otherwise meanwhile: nothing is recorded twice.
    for (const one of owed)
      await office.call('branch', 'post', `/api/v1/persons/${members[1]?.person}/payments`, {
        ...one,
        paid_on: day(),
      })
    await office.call('other', 'post', `/api/v1/payments/sandbox/${order.id}`, { outcome: 'paid' })
    await page.getByText('支部会把这笔钱退给您').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('sees nobody else’s order', async () => {
    const { orders } = await office.call('other', 'get', ORDERS)
    const { status } = await office.ask('member', 'get', `${ORDERS}/${orders[0].id}`)
    assert.equal(status, 404)
    const { page, context } = await office.as('member', { language: 'en' })
    await page.goto(`/pay/sandbox/${orders[0].id}`)
    await page.getByText('There is no such order.').waitFor()
    assert.deepEqual(await violations(page), [])
    await context.close()
  })
})

describe('whoever collects dues', () => {
  test('sees all orders in both languages, light and dark', async () => {
    for (const look of LOOKS) {
      const { page, context, complaints } = await office.as('branch', look)
      await page.goto(`/payments?at=${branch}`)
      const zh = look.language !== 'en'
      await page.getByRole('link', { name: zh ? '网上交纳记录' : 'Online payments' }).click()
      await page
        .getByText(zh ? '已到账' : 'Paid', { exact: true })
        .first()
        .waitFor()
      await page
        .getByText(zh ? '待退款' : 'To be refunded', { exact: true })
        .first()
        .waitFor()
      assert.deepEqual(await violations(page), [])
      assert.equal(await overflow(page), 0)
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })

  test('marks what was refunded by hand, with how', async () => {
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/payments/online?at=${branch}`)
    await page.getByRole('switch', { name: '只看要处理的' }).check()
    await page.getByRole('button', { name: '登记已退款' }).click()
    const dialog = page.getByRole('dialog', { name: '登记已退款' })
    await dialog.getByRole('button', { name: '已退款' }).click()
    await dialog.getByText('请写明怎样处理的').waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByLabel('怎样处理的').fill('从银行原路退回')
    await dialog.getByRole('button', { name: '已退款' }).click()
    await toast(page, '已登记').waitFor()
    await page.getByText('没有要处理的').waitFor()
    await page.getByRole('switch', { name: '只看要处理的' }).uncheck()
    await page.getByText('从银行原路退回').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()

    const own = await office.as('other')
    await own.page.goto('/dues/mine')
    await section(own.page)
      .getByText(/^最近的网上交纳/)
      .click()
    await section(own.page).getByText('已退款').waitFor()
    assert.deepEqual(own.complaints, [])
    await own.context.close()
  })
})
