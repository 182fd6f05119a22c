// Procedure 5, dues: the yearly base from income, what it comes to, the member's own look,
// hardship, and the payments of a branch.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { NARROW, overflow, violations } from './browser.mjs'
import { BRANCH, day, fill, Office, openTask, STREET, toast } from './office.mjs'

const office = new Office()
/** Looks at which a page is held to be accessible. */
/** @type {import('./browser.mjs').Look[]} */
const LOOKS = [{}, { language: 'en', theme: 'dark', viewport: NARROW }]
const YEAR = Number(day().slice(0, 4))
const MONTH = day().slice(0, 7)
let branch = ''
/** One who has not paid for this month yet, and another. */
/** @type {{person: string, name: string, number: string}[]} */
let members = []

before(async () => {
  await office.open([
    ['chief', 'secretary'],
    ['branch', 'organisation_member', BRANCH],
    ['signer', 'secretary', BRANCH],
    ['street', 'organisation_member', STREET],
  ])
  branch = (await office.place('branch')).organisation
  members = (await office.members('branch', branch)).slice(0, 2)
  const [member, poor] = members
  const path = `/api/v1/organisations/${branch}/payments?from=${MONTH}&to=${MONTH}&limit=100`
  const { items } = await office.call('branch', 'get', path)
  const { payments } = items.find((/** @type {any} */ one) => one.person === member?.person)
  const back = `/api/v1/persons/${member?.person}/payments/withdrawals`
  for (const paid of payments) await office.call('branch', 'post', back, paid)
  await office.addMembers({ member: member?.number ?? '', poor: poor?.number ?? '' })
})
after(() => office.close())

/**
 * Adds a row of income.
 * @param {import('playwright-core').Locator} form
 * @param {number} number of the row
 * @param {string} kind
 * @param {string} yuan
 */
async function addIncome(form, number, kind, yuan) {
  const items = form.getByRole('group', { name: /^收入项目/ }).first()
  await items.getByRole('button', { name: '添加一项' }).click()
  const row = form.getByRole('group', { name: `收入项目，第 ${number} 项` })
  await row.getByLabel('项目', { exact: true }).selectOption({ label: kind })
  await row.getByLabel(/^金额/).fill(yuan)
}

/** What the program says of the dues of a case. @param {import('playwright-core').Page} page */
const reckoned = (page) => page.getByRole('region', { name: '程序算出的' })

describe('the dues of a year', () => {
  test('are worked out from income; items that do not fit are refused', async () => {
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/persons/${members[0]?.person}`)
    await page.getByRole('link', { name: '发起流程' }).click()
    await page.getByRole('radio', { name: /^核定年度党费/ }).check()
    const form = page.locator('#start')
    await form.getByLabel('年度', { exact: true }).fill(String(YEAR))
    await page.getByRole('button', { name: '发起并提交' }).click()
    await page.getByText('请填写这一项。').waitFor()
    assert.deepEqual(await violations(page), [])
    await form.getByLabel('类别', { exact: true }).selectOption({ label: '农民' })
    await form.getByLabel(/^农民每月数额/).fill('1.01')
    await page.getByRole('button', { name: '发起并提交' }).click()
    await page.getByText(/核对没有通过：农民每月数额应为二角至一元/).waitFor()

    const again = page.locator('#act')
    await again.getByLabel('类别', { exact: true }).selectOption({ label: '按月领取工资' })
    await again.getByLabel(/^农民每月数额/).fill('')
    await addIncome(again, 1, '职务（岗位）工资', '4000')
    await addIncome(again, 2, '五险', '1000')
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('现在到：本人核对').waitFor()
    // Income is between the member and whoever has a task of it: now that is the member alone.
    assert.equal(await reckoned(page).count(), 0)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('are looked at by the member, who asks for a correction', async () => {
    const { page, context, complaints } = await office.as('member', { viewport: NARROW })
    await page.goto('/')
    const tasks = page.getByRole('region', { name: '我的待办' })
    await tasks.getByRole('link', { name: '本人核对' }).click()
    await page.getByRole('heading', { name: '您要办的：本人核对' }).waitFor()
    await reckoned(page).getByText('15.00 元，按计算基数 3000.00 元').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.equal(await overflow(page), 0)
    await page.getByRole('button', { name: '要求更正' }).click()
    const dialog = page.getByRole('dialog', { name: '要求更正' })
    await dialog.getByLabel('理由').fill('津贴没有算')
    await dialog.getByRole('button', { name: '要求更正' }).click()
    await toast(page, '已记录：要求更正').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('fall into another band by a cent, and the member agrees', async () => {
    const branchs = await office.as('branch')
    await openTask(branchs.page, '填写收入项目')
    const form = branchs.page.locator('#act')
    const second = form.getByRole('group', { name: '收入项目，第 2 项' })
    await second.waitFor()
    // Of income of 5000.00 it would be 50.00; a cent more falls into the next band as a whole.
    await addIncome(form, 3, '津贴补贴（规范后的）', '2000.01')
    await branchs.page.getByRole('button', { name: '提交' }).click()
    await branchs.page.getByText('现在到：本人核对').waitFor()
    assert.deepEqual(branchs.complaints, [])
    await branchs.context.close()

    const { page, context, complaints } = await office.as('member')
    await openTask(page, '本人核对')
    await reckoned(page).getByText('75.00 元，按计算基数 5000.01 元').waitFor()
    await page.getByRole('button', { name: '核对无误', exact: true }).click()
    await toast(page, '“本人核对”已办').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('are fixed by the branch, and then due every month', async () => {
    const { page, context, complaints } = await office.as('signer', { language: 'en' })
    await openTask(page, 'The branch fixes the dues')
    const found = page.getByRole('region', { name: 'Worked out by the program' })
    await found.getByText('75.00 yuan, of a base of 5000.01 yuan').waitFor()
    await fill(page.locator('#act'), { On: day() })
    await page.getByRole('button', { name: 'Approve', exact: true }).click()
    await page.getByRole('heading', { name: /Completed$/ }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('are in the member’s own account, in both languages, light and dark', async () => {
    for (const look of LOOKS) {
      const { page, context, complaints } = await office.as('member', look)
      await page.goto('/')
      const zh = look.language !== 'en'
      if (!look.viewport) {
        await page.getByRole('link', { name: zh ? '我的党费' : 'My dues' }).click()
        await page.waitForURL('**/dues/mine')
      } else await page.goto('/dues/mine')
      const december = zh ? `${YEAR}年12月` : `December ${YEAR}`
      const row = page.getByRole('row').filter({ hasText: december })
      await row.getByRole('cell', { name: '75.00', exact: true }).waitFor()
      await page.getByText(zh ? '5,000.01 元' : '5,000.01 yuan').waitFor()
      assert.deepEqual(await violations(page), [])
      assert.equal(await overflow(page), 0)
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })

  test('are in the account of the year before only as what was paid', async () => {
    const { page, context, complaints } = await office.as('member')
    await page.goto('/dues/mine')
    await page.getByRole('heading', { name: '核定的基数' }).waitFor()
    await page.getByRole('button', { name: '上一年' }).click()
    await page.getByText(`${YEAR - 1}年的党费基数还没有核定`).waitFor()
    assert.equal(await page.getByRole('heading', { name: '核定的基数' }).count(), 0)
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('dues of a member in hardship', () => {
  before(async () => {
    const what = { process: 'dues_base', person: members[1]?.person }
    const { id } = await office.begin('branch', branch, what)
    const items = [{ kind: 'pension', cents: 200000 }]
    await office.through(id, [['branch', 'items', { year: YEAR, group: 'retiree', items }]])
  })

  test('are studied by the branch, which may not ask for more than the standard', async () => {
    const own = await office.as('poor')
    await openTask(own.page, '本人核对')
    await reckoned(own.page).getByText('10.00 元，按计算基数 2000.00 元').waitFor()
    const form = own.page.locator('#act')
    await form.getByRole('checkbox', { name: '申请困难减免' }).check()
    await form.getByLabel(/^困难情况/).fill('长期患病')
    await own.page.getByRole('button', { name: '核对无误', exact: true }).click()
    await toast(own.page, '“本人核对”已办').waitFor()
    assert.deepEqual(own.complaints, [])
    await own.context.close()

    const { page, context, complaints } = await office.as('signer')
    await openTask(page, '支部研究困难申请')
    const lesser = page.locator('#act').getByLabel(/^减免后每月数额/)
    await lesser.fill('10.01')
    await page.getByRole('button', { name: '同意', exact: true }).click()
    await page.getByText('核对没有通过：减免后的数额要写明，并少于按标准算的数额').waitFor()
    assert.deepEqual(await violations(page), [])
    await lesser.fill('1')
    await page.getByRole('button', { name: '同意', exact: true }).click()
    await page.getByText('现在到：上级批准减免').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('are approved above, then fixed', async () => {
    const above = await office.as('street')
    await openTask(above.page, '上级批准减免')
    await reckoned(above.page).getByText('1.00 元，按计算基数 2000.00 元').waitFor()
    await fill(above.page.locator('#act'), { 批准日期: day() })
    await above.page.getByRole('button', { name: '同意', exact: true }).click()
    await above.page.getByText('现在到：支部核定').waitFor()
    assert.deepEqual(above.complaints, [])
    await above.context.close()

    const { page, context, complaints } = await office.as('signer')
    await openTask(page, '支部核定')
    await fill(page.locator('#act'), { 核定日期: day() })
    await page.getByRole('button', { name: '同意', exact: true }).click()
    await page.getByRole('heading', { name: /已办结$/ }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('payments', () => {
  test('of what was fixed are typed into the grid, and seen there and in the account', async () => {
    const [member] = members
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/payments?at=${branch}&person=${member?.person}`)
    const row = page.getByRole('row').filter({ hasText: member?.name ?? '' })
    const cell = row.getByRole('textbox').last()
    await cell.fill('0')
    await page.getByRole('button', { name: '一起保存' }).click()
    await row.getByText('请填大于零的金额').waitFor()
    assert.deepEqual(await violations(page), [])
    await cell.fill('75')
    await page.getByText('1 笔，共 75.00 元').waitFor()
    await page.getByRole('button', { name: '一起保存' }).click()
    await toast(page, '已登记 1 笔党费').waitFor()
    await row.getByRole('button', { name: /：已交 75\.00 元$/ }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
    // The account of the year, from the archive.
    const collector = await office.as('branch')
    await collector.page.goto(`/persons/${member?.person}`)
    await collector.page.getByRole('main').getByRole('link', { name: '党费', exact: true }).click()
    await collector.page.getByRole('heading', { name: `${member?.name}的党费` }).waitFor()
    const paid = collector.page
      .getByRole('row')
      .filter({ hasText: '已交' })
      .filter({
        has: collector.page.getByRole('cell', { name: '75.00', exact: true }).nth(1),
      })
    await paid.first().waitFor()
    assert.deepEqual(await violations(collector.page), [])

    // A receipt of it, for the branch and for the member.
    await collector.page
      .getByRole('listitem')
      .filter({ hasText: '75.00 元' })
      .getByRole('link', { name: /^收据号 / })
      .first()
      .click()
    await collector.page.getByRole('heading', { name: '中国共产党党费收据' }).waitFor()
    await collector.page.getByText('柒拾伍元整').waitFor()
    const number = new URL(collector.page.url()).pathname.split('/').pop() ?? ''
    assert.deepEqual(await violations(collector.page), [])
    assert.deepEqual(collector.complaints, [])
    await collector.context.close()
    const own = await office.as('member', { viewport: NARROW })
    await own.page.goto('/dues/mine')
    await own.page.getByRole('link', { name: `收据号 ${number}` }).click()
    await own.page.getByText('柒拾伍元整').waitFor()
    assert.deepEqual(await violations(own.page), [])
    assert.equal(await overflow(own.page), 0)
    const none = `${number.slice(0, -8)}00000000`
    await own.page.goto(`/persons/${members[0]?.person}/receipts/${none}`)
    await own.page.getByText('没有查到这张收据').waitFor()
    assert.deepEqual(await violations(own.page), [])
    await own.context.close()
  })

  test('may be made ahead to the end of the year, and no further', async () => {
    const { page, context } = await office.as('branch')
    await page.goto(`/payments?at=${branch}&until=${YEAR}-11`)
    const later = page.getByRole('button', { name: '更晚的月份' })
    for (let step = 0; step < 2 && (await later.isEnabled()); step += 1) await later.click()
    await page.getByText(`${YEAR}年12月`).first().waitFor()
    assert.equal(await later.isDisabled(), true)
    await context.close()
  })

  test('less than what was fixed is paid in part; what is too long ago is only seen', async () => {
    const [member] = members
    const path = `/api/v1/persons/${member?.person}/dues-account?year=${YEAR}`
    const { months } = await office.call('branch', 'get', path)
    const from = day(-183).slice(0, 7)
    const left = (/** @type {any} */ one) => Math.max(0, Number(one.due) - Number(one.paid))
    const payable = months.filter(
      (/** @type {any} */ one) => one.month >= from && one.month <= MONTH,
    )
    const owed = payable.reduce(
      (/** @type {number} */ sum, /** @type {any} */ one) => sum + left(one),
      0,
    )
    const part = payable.find((/** @type {any} */ one) => left(one) > 0 && Number(one.paid) > 0)
    assert.ok(part, 'a month was paid in part')

    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/payments?at=${branch}&person=${member?.person}`)
    const row = page.getByRole('row').filter({ hasText: member?.name ?? '' })
    const said = `已交 ${part.paid}，差 ${left(part).toFixed(2)}`
    await row
      .getByRole('button', { name: new RegExp(said) })
      .first()
      .waitFor()
    await row.getByRole('textbox').first().waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: '更早的月份' }).click()
    await page.getByRole('button', { name: '更晚的月份', disabled: false }).waitFor()
    assert.ok((await row.getByRole('textbox').count()) <= 1)
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()

    const own = await office.as('member')
    await own.page.goto('/dues/mine')
    await own.page.getByText('尚欠').waitFor()
    await own.page
      .getByText(`${owed.toFixed(2)} 元`)
      .first()
      .waitFor()
    await own.context.close()
  })

  test('that came by the bank are held against what is owed, and recorded together', async () => {
    const [member, poor] = members
    const path = `/api/v1/persons/${member?.person}/dues-account?year=${YEAR}`
    const { months } = await office.call('branch', 'get', path)
    const from = day(-183).slice(0, 7)
    const owed = months
      .map((/** @type {any} */ one) => ({ ...one, left: Number(one.due) - Number(one.paid) }))
      .find((/** @type {any} */ one) => one.month >= from && one.left > 0)
    assert.ok(owed, 'something is owed')
    const rows = [
      ['某某银行对账单'],
      ['交易日期', '对方户名', '贷方发生额', '附言'],
      [day(), member?.name, owed.left.toFixed(2), '党费'],
      [day(), '外单位', '500.00', `代${poor?.name}交`],
      [day(), '谁也不是', '1.00', ''],
      [day(), '电费', '-30.00', ''],
      ['昨天', member?.name, '75.00', '党费'],
      [day(9), member?.name, '75.00', '党费'],
    ]
    const buffer = Buffer.from(rows.map((row) => row.join(',')).join('\n'))
    const statement = { name: '流水.csv', mimeType: 'text/csv', buffer }

    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/payments?at=${branch}`)
    await page.getByRole('link', { name: '核对银行流水' }).click()
    await page
      .locator('input[type=file]')
      .setInputFiles({ ...statement, buffer: Buffer.from('甲,乙') })
    await page.getByText(/没有认出流水的表头/).waitFor()
    assert.deepEqual(await violations(page), [])
    await page.locator('input[type=file]').setInputFiles(statement)
    await page.getByText('对得上 1 笔，需要核对 1 笔，没有找到人 1 笔，已经登记过 0 笔。').waitFor()
    await page.getByText('另有 1 行是支出或合计').waitFor()
    await page.getByText('第 7 行的日期看不懂：昨天').waitFor()
    await page.getByText(/^第 8 行的日期 .+ 还没有到$/).waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByText(`勾选 1 个月，共 ${owed.left.toFixed(2)} 元`).waitFor()
    await page.getByRole('button', { name: '登记勾选的' }).click()
    await toast(page, '已登记 1 笔流水').waitFor()
    await page.getByRole('row').filter({ hasText: '已登记' }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()

    // Uploaded once more, it is on record.
    const again = await office.as('branch', { language: 'en', theme: 'dark', viewport: NARROW })
    await again.page.goto(`/payments/statement?at=${branch}`)
    await again.page.locator('input[type=file]').setInputFiles(statement)
    await again.page
      .getByText('Fit: 0; to be looked at: 1; of nobody here: 1; on record already: 1')
      .waitFor()
    assert.deepEqual(await violations(again.page), [])
    assert.equal(await overflow(again.page), 0)
    assert.deepEqual(again.complaints, [])
    await again.context.close()
  })

  test('of others are none of a member’s business', async () => {
    const [member, poor] = members
    const { page, context } = await office.as('member')
    await page.goto(`/payments?at=${branch}`)
    await page.getByRole('heading', { name: '您没有查看这个页面的权限' }).waitFor()
    assert.equal(await page.getByRole('row').count(), 0)
    assert.deepEqual(await violations(page), [])
    await page.goto(`/persons/${poor?.person}/dues`)
    await page.getByRole('heading', { name: '您没有查看这个页面的权限' }).waitFor()
    await context.close()
    const account = (/** @type {string | undefined} */ person) =>
      office.ask('member', 'get', `/api/v1/persons/${person}/dues-account?year=${YEAR}`)
    assert.equal((await account(poor?.person)).status, 404)
    assert.equal((await account(member?.person)).status, 200)
  })
})

describe('the bases of a whole branch', () => {
  test('are seen member by member, and begun at once for those who lack one', async () => {
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/payments?at=${branch}`)
    await page.getByRole('link', { name: '逐人核定党费基数' }).click()
    const lines = page.getByRole('list', { name: '逐人核定党费基数' }).getByRole('listitem')
    const [member] = members
    const of = (/** @type {string} */ name) => lines.filter({ hasText: name })
    await of(member?.name ?? '')
      .getByText(/每月 75\.00 元/)
      .waitFor()
    await page.getByRole('checkbox', { name: /^全选未核定的/, disabled: false }).waitFor()
    assert.deepEqual(await violations(page), [])

    // All who lack one are ticked; two are left of them.
    const ticks = page.getByRole('checkbox', { name: /^给.+发起核定$/ })
    const lacking = await ticks.count()
    assert.ok(lacking > 2)
    await page.getByRole('button', { name: `给 ${lacking} 人发起 ${YEAR} 年核定` }).waitFor()
    await page.getByRole('checkbox', { name: /^全选未核定的/ }).uncheck()
    await ticks.nth(0).check()
    await ticks.nth(1).check()
    await page.getByRole('button', { name: `给 2 人发起 ${YEAR} 年核定` }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('将给勾选的 2 人各发起一件').waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: '发起', exact: true }).click()
    await page.getByText('已发起 2 件').waitFor()
    await page.getByRole('checkbox', { name: /^全选未核定的/, disabled: false }).waitFor()
    assert.equal(await lines.getByText('核定中', { exact: true }).count(), 2)
    assert.equal(await ticks.count(), lacking - 2)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('are readable in both languages, light and dark', async () => {
    for (const look of LOOKS) {
      const { page, context, complaints } = await office.as('branch', look)
      await page.goto(`/dues/bases?at=${branch}`)
      await page.locator('.bar input:enabled').waitFor()
      assert.deepEqual(await violations(page), [])
      assert.equal(await overflow(page), 0)
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })
})

describe('the account of dues of a branch', () => {
  const LAST = YEAR - 1

  test('tells what came in; what is passed up and used is recorded, and taken back', async () => {
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/payments?at=${branch}`)
    await page.getByRole('link', { name: '党费账目' }).click()
    await page.getByRole('button', { name: '上一年' }).click()
    await page.getByText(`${LAST} 年账目还没有公布`).waitFor()
    await page.getByText('比例是本系统的缺省，以省级规定为准').waitFor()
    assert.deepEqual(await violations(page), [])

    await page.getByRole('button', { name: '登记年初结余' }).click()
    const opening = page.getByRole('dialog', { name: `登记 ${LAST} 年年初结余` })
    await opening.getByLabel('金额（元）').fill('500')
    await opening.getByRole('button', { name: '登记', exact: true }).click()
    await toast(page, '已登记').waitFor()
    const carried = page.getByRole('row', { name: /^上年结转/ })
    await carried.getByRole('cell', { name: '500.00' }).waitFor()

    await page.getByRole('button', { name: '登记使用' }).click()
    const use = page.getByRole('dialog', { name: '登记党费使用' })
    await use.getByLabel('金额（元）').fill('99999999')
    await use.getByLabel('用途', { exact: true }).selectOption({ label: '培训党员' })
    await use.getByLabel('用在什么事上').fill('党员集中培训')
    await use.getByRole('button', { name: '登记', exact: true }).click()
    await use.getByText(/^结余只有/).waitFor()
    assert.deepEqual(await violations(page), [])
    await use.getByLabel('金额（元）').fill('120.50')
    await use.getByRole('button', { name: '登记', exact: true }).click()
    const entries = page.getByRole('list', { name: '上缴和使用' }).getByRole('listitem')
    const used = entries.filter({ hasText: '党员集中培训' })
    await used.getByText('120.50 元').waitFor()

    await page.getByRole('button', { name: '登记上缴' }).click()
    const remit = page.getByRole('dialog', { name: `登记 ${LAST} 年党费上缴` })
    await remit.getByLabel('金额（元）').fill('7')
    await remit.getByRole('button', { name: '登记', exact: true }).click()
    const remitted = page.getByRole('row', { name: /^已上缴/ }).last()
    await remitted.getByRole('cell', { name: '7.00' }).waitFor()
    const seven = entries.filter({ hasText: /7\.00 元/ })
    await seven.getByRole('button', { name: /^撤回/ }).click()
    await toast(page, '已撤回 7.00 元的一笔').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is published after a look at it, and seen by the member alone as it was', async () => {
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/dues/books?at=${branch}&year=${LAST}`)
    await page.getByRole('button', { name: '公布', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: `公布 ${LAST} 年党费账目` })
    await dialog.getByRole('cell', { name: '120.50' }).first().waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: '公布', exact: true }).click()
    await toast(page, `${LAST} 年党费账目已公布`).waitFor()
    assert.ok(await page.getByRole('button', { name: '更正公布' }).isDisabled())
    assert.deepEqual(complaints, [])
    await context.close()

    for (const look of LOOKS) {
      const own = await office.as('member', look)
      await own.page.goto('/dues/mine')
      const zh = look.language !== 'en'
      const published = own.page.getByRole('region', {
        name: zh ? '党费账目公布' : 'Published accounts of dues',
      })
      await published.getByText(zh ? '使用 120.50 元' : '120.50 yuan used').click()
      await published.getByRole('cell', { name: '120.50' }).first().waitFor()
      assert.equal(await published.getByText('党员集中培训').count(), 0)
      assert.deepEqual(await violations(own.page), [])
      assert.equal(await overflow(own.page), 0)
      await own.page.goto(`/dues/books?at=${branch}`)
      const refused = zh ? '您没有查看这个页面的权限' : /not|permission/i
      await own.page.getByRole('heading', { name: refused }).waitFor()
      await own.context.close()
    }
  })

  test('is seen from above, in English, dark and narrow', async () => {
    const { page, context, complaints } = await office.as('street', LOOKS[1])
    await page.goto(`/dues/books?year=${LAST}`)
    const below = page.getByRole('region', { name: 'Those directly below' })
    await below.getByRole('row').nth(1).waitFor()
    assert.deepEqual(await violations(page), [])
    assert.equal(await overflow(page), 0)
    assert.deepEqual(complaints, [])
    await context.close()
  })
})
