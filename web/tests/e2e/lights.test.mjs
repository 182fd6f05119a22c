// Lights, and what puts them out: from the first page to a meeting on record, by mouse and by
// keyboard alone, while another window looks on; dues in their grid; rules and their parameters.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { NARROW, openBrowser, openPage, overflow, violations } from './browser.mjs'
import { PASSWORD, Server } from './server.mjs'
import { codeOf } from './totp.mjs'

const server = new Server('web')
/** @type {import('playwright-core').Browser} */
let browser
/** Branches with lights: each test has its own. */
const branch = { id: '', code: '', other: '' }

/**
 * @param {string} rule
 * @returns {string[]} codes of those for whom it is lit
 */
function lit(rule) {
  const lines = server.run('--json', 'lights', '--rule', rule).split('\n')
  return lines.flatMap((line) => {
    if (!line.startsWith('{')) return []
    const read = JSON.parse(line)
    return read.rule === rule ? [read.subject] : []
  })
}

/**
 * @param {string} login
 * @param {import('./browser.mjs').Look} [look]
 */
async function signedIn(login, look = { language: 'en' }) {
  const opened = await openPage(browser, server.address, look)
  const data = { login, password: PASSWORD }
  const answer = await opened.context.request.post('/api/v1/sessions', { data })
  assert.equal(answer.status(), 201, await answer.text())
  return opened
}

/**
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} address
 */
async function read(context, address) {
  const answer = await context.request.get(address)
  assert.equal(answer.status(), 200, `${address}: ${await answer.text()}`)
  return answer.json()
}

/**
 * Presses Tab until the element has the focus.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} to
 */
async function tabTo(page, to) {
  const MOST = 120
  await to.waitFor()
  for (let press = 0; press < MOST; press += 1) {
    if (await to.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`the Tab key does not reach ${to}`)
}

/**
 * Waits until something stands in a field.
 * @param {import('playwright-core').Locator} field
 */
async function filled(field) {
  const element = /** @type {import('playwright-core').ElementHandle<HTMLInputElement>} */ (
    await field.elementHandle()
  )
  await field.page().waitForFunction((input) => input.value !== '', element)
}

before(async () => {
  server.fill()
  const [first, second] = lit('orglife/theme_day')
  assert.ok(first && second, 'the city has branches without a theme day')
  branch.code = first
  branch.other = second
  const links = [
    server.account('chief', 'secretary'),
    server.account('branch', 'secretary', branch.code),
    server.account('other', 'secretary', branch.other),
  ]
  links.push(server.account('staff', 'higher_staff'))
  await server.start()
  browser = await openBrowser()
  const { page, context } = await openPage(browser, server.address)
  for (const link of links) {
    const data = { token: link.split('/').at(-1), password: PASSWORD }
    const entered = await page.request.post('/api/v1/sessions/by-link', { data })
    assert.equal(entered.status(), 201, await entered.text())
  }
  await context.close()
  const { context: own } = await signedIn('branch')
  branch.id = (await read(own, '/api/v1/organisations')).items[0].organisation
  await own.close()
})
after(async () => {
  await browser?.close()
  await server.close()
})

describe('a light', () => {
  test('is put out from the first page on, and goes out in every open window', async () => {
    const look = await signedIn('chief')
    const board = await signedIn('chief')
    await look.page.goto(`/lights/orglife/theme_day/organisations/${branch.id}`)
    await look.page.getByRole('heading', { name: 'What to do' }).waitFor()
    await board.page.goto(`/lights?rule=orglife/theme_day&at=${branch.id}`)
    await board.page.locator('tbody tr a').first().waitFor()

    const { page, context, complaints } = await signedIn('branch')
    await page.goto('/')
    await page.getByRole('link', { name: 'A theme day every month' }).click()
    await page.getByText(/No theme day is on record/).waitFor()
    await page.getByText('《中国共产党支部工作条例（试行）》').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByRole('link', { name: 'Record a meeting' }).click()

    await page.getByRole('checkbox').first().waitFor()
    assert.ok(await page.getByLabel('Theme day').isChecked())
    assert.ok(await page.getByLabel(/held late/).isChecked())
    const all = await page.getByRole('checkbox').count()
    await page.getByRole('checkbox').nth(1).uncheck()
    await page.getByText(`${all - 1} of ${all} present, 1 absent`).waitFor()
    await page.getByLabel('Topic').fill('Cleaning the river')
    await page.getByRole('button', { name: 'Save' }).click()

    await page.getByRole('heading', { name: 'Cleaning the river' }).waitFor()
    await page.getByText(`${all - 1} of ${all} present`).waitFor()
    await page.locator('.after .out').getByText('A theme day every month').waitFor()
    assert.deepEqual(await violations(page), [])
    await look.page.getByText('Not lit', { exact: true }).waitFor({ timeout: 5000 })
    await board.page.getByText('No light fits').waitFor({ timeout: 5000 })
    await page.getByRole('link', { name: 'Back to Today' }).click()
    await page.getByText('Lights to put out').waitFor()
    assert.equal(await page.getByRole('link', { name: 'A theme day every month' }).count(), 0)

    // Taken back, it is lit again everywhere.
    await page.goBack()
    await page.getByRole('button', { name: 'Take it back' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
    await page.locator('.toast').filter({ hasText: 'Taken back' }).waitFor()
    await board.page.locator('tbody tr a').first().waitFor({ timeout: 5000 })
    await look.page.getByText(/No theme day is on record/).waitFor({ timeout: 5000 })
    for (const one of [complaints, look.complaints, board.complaints]) assert.deepEqual(one, [])
    for (const one of [context, look.context, board.context]) await one.close()
  })

  test('is put out by keyboard alone', async () => {
    const { page, context, complaints } = await signedIn('other')
    await page.goto('/')
    await tabTo(page, page.getByRole('link', { name: 'A Party lecture at least once a quarter' }))
    await page.keyboard.press('Enter')
    await tabTo(page, page.locator('.actions').getByRole('link', { name: 'Record a meeting' }))
    await page.keyboard.press('Enter')
    const topic = page.getByLabel('Topic')
    await page.getByRole('checkbox').first().waitFor()
    await tabTo(page, topic)
    await page.keyboard.type('On the constitution')
    // The roster is one stop: arrows move, Space ticks off.
    await tabTo(page, page.getByRole('checkbox').first())
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    assert.equal(await page.getByRole('checkbox').nth(1).isChecked(), false)
    await page.getByText(/, 1 absent/).waitFor()
    await tabTo(page, page.getByRole('button', { name: 'Save' }))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'On the constitution' }).waitFor()
    await page
      .locator('.after .out')
      .getByText(/A Party lecture/)
      .waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is explained by its own body, and set aside by the one above only', async () => {
    const address = `/lights/election/term_overdue/organisations/${branch.id}`
    const own = await signedIn('branch')
    await own.page.goto(address)
    await own.page.getByRole('button', { name: 'Take it up' }).click()
    await own.page.getByText('Taken up by branch').waitFor()
    assert.equal(await own.page.getByRole('button', { name: 'Set aside' }).count(), 0)
    const me = await read(own.context, '/api/v1/session')
    const refused = await own.context.request.put(
      `/api/v1/rules/election/term_overdue/organisations/${branch.id}/handling`,
      {
        headers: { 'X-CSRF-Token': me.csrf },
        data: { what: 'waived', reason: 'it shall be so', until: '2999-12-31' },
      },
    )
    assert.equal(refused.status(), 422)
    await own.page.getByRole('button', { name: 'Explain' }).click()
    const dialog = own.page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('x')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText(/Give a reason/).waitFor()
    assert.deepEqual(await violations(own.page), [])
    await dialog.getByLabel('Reason').fill('The election is asked for and is held in spring')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await own.page.getByText('Explained by branch').waitFor()

    const above = await signedIn('chief')
    await above.page.goto(address)
    await above.page.getByText('The election is asked for').waitFor()
    await above.page.getByRole('button', { name: 'Set aside' }).click()
    await above.page.getByLabel('Reason').fill('Waits for the new structure')
    await above.page.getByRole('button', { name: 'Set it aside' }).click()
    await above.page.getByText('Set aside by chief').waitFor()
    // Its own body hears of it.
    await own.page.getByText('Set aside by chief').waitFor({ timeout: 5000 })
    await above.page.getByRole('button', { name: 'Take back' }).click()
    await above.page.getByText('Taken back').first().waitFor()
    await above.page.getByRole('button', { name: 'Take it up' }).waitFor()
    for (const one of [own, above]) {
      assert.deepEqual(one.complaints, [])
      await one.context.close()
    }
  })

  test('tells of any subject and day why it is not lit', async () => {
    const { page, context, complaints } = await signedIn('chief')
    await page.goto(`/lights/election/term_overdue/organisations/${branch.id}`)
    const { items } = await read(context, '/api/v1/organisations')
    await page.getByLabel('Which organisation').fill(items[0].code)
    await page.getByRole('option').first().click()
    await page.getByText('Not lit', { exact: true }).waitFor()
    await page.getByText('Elected', { exact: true }).first().waitFor()
    await page.goBack()
    await page
      .locator('.sentence')
      .getByText(/elected/i)
      .waitFor()
    await page.getByLabel('On which day').fill('2021-03-01')
    await page.keyboard.press('Enter')
    await page.getByText('As of 1 March 2021').waitFor()
    assert.match(page.url(), /as_of=2021-03-01/)
    await page.goto(`/lights/election/term_overdue/organisations/1`)
    await page.getByRole('alert').getByRole('heading', { name: 'This is not there' }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('the board', () => {
  test('keeps its filters in the address, counts by rule and shows the trend', async () => {
    const { page, context, complaints } = await signedIn('chief')
    await page.goto('/lights')
    await page.locator('tbody tr a').first().waitFor()
    const counts = page.locator('.counts')
    const dues = counts.getByRole('row', { name: /Members pay their dues/ })
    await dues.getByRole('button').nth(1).click()
    await page.waitForURL(/rule=dues(\/|%2F)unpaid/)
    assert.match(page.url(), /level=red/)
    const expected = Number(/\d+/.exec(await dues.getByRole('button').nth(1).innerText())?.[0])
    const rows = page.locator('.data-table tbody tr')
    await rows.nth(expected).waitFor({ state: 'detached' })
    assert.equal(await rows.count(), expected)
    await page.reload()
    await rows.first().waitFor()
    assert.equal(await rows.count(), expected)
    assert.equal(await page.getByLabel('Level').inputValue(), 'red')
    await page.getByRole('tab', { name: 'Trend' }).click()
    await page.getByRole('img', { name: /Members pay their dues/ }).waitFor()
    await page.getByRole('button', { name: /as a table/i }).click()
    await page.getByRole('columnheader', { name: 'Lit meanwhile' }).waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByRole('tab', { name: 'List' }).click()
    await page.getByLabel('State').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('the list of the board', () => {
  test('is taken along by its button, as it is filtered, and printed whole', async () => {
    const { page, context, complaints } = await signedIn('chief')
    await page.addInitScript(() => {
      window.print = () => {
        document.title = `printed ${document.querySelectorAll('.data-table tbody tr').length}`
        window.dispatchEvent(new Event('afterprint'))
      }
    })
    await page.goto('/lights?level=red')
    await page.locator('.data-table tbody tr a').first().waitFor()
    const { counts } = await read(
      context,
      `/api/v1/organisations/${(await read(context, '/api/v1/organisations')).items[0].organisation}/lights/counts`,
    )
    const red = counts
      .filter((/** @type {any} */ one) => one.level === 'red')
      .reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + Number(one.lights), 0)
    await page.getByRole('button', { name: 'Export' }).click()
    const dialog = page.getByRole('dialog', { name: 'Export this list' })
    await dialog.getByLabel('Text (csv)').check()
    await dialog.getByRole('button', { name: 'Export' }).click()
    const download = page.waitForEvent('download')
    await dialog.getByRole('link', { name: 'Download the file' }).click()
    const lines = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\r\n')
    assert.equal(lines.length, red + 1)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Print' }).click()
    await page.waitForFunction((title) => document.title === title, `printed ${red}`)
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('a meeting half written', () => {
  test('is there again after a reload and after the session has ended', async () => {
    const { page, context, complaints } = await signedIn('branch')
    // A branch of few members has no committee; all of them have members' meetings.
    const held = `/api/v1/organisations/${branch.id}/activities?kind=committee_meeting&limit=1`
    const committee = (await read(context, held)).items.length > 0
    const kind = committee ? 'committee_meeting' : 'members_meeting'
    const start = `/activities/new?organisation=${branch.id}&kind=${kind}`
    await page.goto(start)
    await page.getByRole('checkbox').first().waitFor()
    // Where they met the last time: it comes by a request of its own.
    await filled(page.getByLabel('Place'))
    await page.getByLabel('Topic').fill('Half a sentence')
    await page.getByLabel('What was resolved').fill('First this.')
    await page.getByRole('checkbox').first().uncheck()
    await page.reload()
    await page.getByText('This goes on from what you had not saved').waitFor()
    assert.equal(await page.getByLabel('Topic').inputValue(), 'Half a sentence')
    await page.getByText(/, 1 absent/).waitFor()
    await page.goto('/')
    await page.getByText('Lights to put out').waitFor()
    await page.goto(start)
    assert.equal(await page.getByLabel('Topic').inputValue(), 'Half a sentence')
    await page.getByRole('checkbox').first().waitFor()

    await context.clearCookies()
    await page.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
    await dialog.getByLabel('Password').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Half a sentence' }).waitFor()
    await page.getByText('First this.').waitFor()
    await page.locator('.there li a').first().waitFor()
    const there = await page.locator('.there li').count()

    // Corrected: the same people are ticked, and one who was away comes to them.
    await page.getByRole('link', { name: 'Correct it' }).click()
    await page.getByText(`${there} ticked as present`).waitFor()
    assert.equal(await page.getByLabel('Topic').inputValue(), 'Half a sentence')
    await page.getByLabel('What was resolved').fill('First this.\nThen that.')
    await page.locator('input[type=checkbox]:not(:checked)').first().check()
    await page.reload()
    await page.getByText('This goes on from what you had not saved').waitFor()
    await page.getByText(`${there + 1} ticked as present`).waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: 'Save the correction' }).click()
    await page.getByText('Then that.').waitFor()
    assert.equal(await page.locator('.there li').count(), there + 1)
    await page.getByText(`${there + 1} of ${there + 1} present`).waitFor()
    await page.goto(start)
    await page.getByRole('checkbox').first().waitFor()
    assert.equal(await page.getByLabel('Topic').inputValue(), '')

    // What cannot be is refused with its reason, and stays.
    await page.getByLabel('Topic').fill('Of tomorrow')
    await page.getByLabel('Held on').fill('2999-01-01')
    await page.getByText('A meeting yet to come cannot be recorded').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    assert.equal(await page.getByLabel('Topic').inputValue(), 'Of tomorrow')
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('a meeting that two correct', () => {
  test('is not overwritten: the second is told, and decides', async () => {
    const { page, context, complaints } = await signedIn('branch')
    const held = `/api/v1/organisations/${branch.id}/activities?limit=1`
    const { id } = (await read(context, held)).items[0]
    await page.goto(`/activities/${id}/correct`)
    await page.getByLabel('Topic').fill('As I have it')

    const other = await signedIn('chief')
    await other.page.goto(`/activities/${id}/correct`)
    await other.page.getByLabel('Topic').fill('As the other has it')
    await other.page.getByRole('button', { name: 'Save the correction' }).click()
    await other.page.getByRole('heading', { name: 'As the other has it' }).waitFor()
    assert.deepEqual(other.complaints, [])
    await other.context.close()

    await page.getByRole('button', { name: 'Save the correction' }).click()
    await page.getByText('Somebody corrected this record while you were typing').waitFor()
    await page.getByText(/On record now: .*As the other has it/).waitFor()
    assert.equal(await page.getByLabel('Topic').inputValue(), 'As I have it')
    assert.deepEqual(await violations(page), [])
    // It was seen before a reload, too: the draft knows of what it began with.
    await page.reload()
    await page.getByText('This goes on from what you had not saved').waitFor()
    await page.getByRole('button', { name: 'Save the correction' }).click()
    await page.getByRole('button', { name: 'Save mine all the same' }).click()
    await page.getByRole('heading', { name: 'As I have it' }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('the place of a meeting', () => {
  test('stays as it is typed, although that of the last one comes later', async () => {
    const { page, context, complaints } = await signedIn('branch')
    /** @type {(value?: unknown) => void} */
    let letGo = () => {}
    const typed = new Promise((resolve) => (letGo = resolve))
    await page.route(/\/activities\?kind=/, async (route) => {
      await typed
      await route.continue()
    })
    await page.goto(`/activities/new?organisation=${branch.id}&kind=members_meeting`)
    await page.getByLabel('Place').fill('By the river')
    const late = page.waitForResponse(/\/activities\?kind=members_meeting/)
    letGo()
    await (await late).finished()
    await page.getByRole('radio', { name: 'Theme day' }).check()
    await page.getByRole('checkbox').first().waitFor()
    assert.equal(await page.getByLabel('Place').inputValue(), 'By the river')
    // Emptied by hand it stays empty, after a reload as well.
    await page.getByLabel('Place').fill('')
    await page.reload()
    await page.getByText('This goes on from what you had not saved').waitFor()
    await page.getByRole('checkbox').first().waitFor()
    assert.equal(await page.getByLabel('Place').inputValue(), '')
    await page.getByRole('button', { name: 'Start anew' }).click()
    await filled(page.getByLabel('Place'))
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('a parameter', () => {
  test('is previewed, then saved; what it does is what was said', async () => {
    const { page, context, complaints } = await openPage(browser, server.address, {
      language: 'en',
    })
    const data = { login: 'staff', password: PASSWORD }
    const entered = await (await context.request.post('/api/v1/sessions', { data })).json()
    const headers = { 'X-CSRF-Token': entered.csrf }
    const factor = '/api/v1/session/second-factor'
    const proposed = await context.request.post(factor, { headers, data: { password: PASSWORD } })
    const { secret } = await proposed.json()
    const code = codeOf(secret)
    const confirmed = await context.request.put(factor, { headers, data: { code } })
    assert.ok(confirmed.ok(), await confirmed.text())

    await page.goto('/rules')
    await page.getByLabel('Find a rule').fill('fifty')
    await page.waitForURL(/q=fifty/)
    await page.getByRole('link', { name: 'A branch has at most fifty members' }).click()
    await page.getByText('As the rule has it').waitFor()
    await page.getByRole('button', { name: /Change/ }).click()
    const dialog = page.getByRole('dialog')
    const value = dialog.getByLabel('New value')
    await value.fill('501')
    await dialog.getByText('Enter a whole number from 1 to 500').waitFor()
    assert.ok(await dialog.getByRole('button', { name: 'Save' }).isDisabled())
    await value.fill('10')
    const said = await dialog.getByText(/would go on/).innerText()
    const count = Number(/^(\d+) would go on/.exec(said)?.[1])
    assert.ok(count > 0, said)
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Set here').waitFor()
    await page.getByRole('link', { name: 'Lights lit by this rule' }).click()
    const row = page.locator('.counts').getByRole('row', { name: /at most fifty/ })
    await row.getByText(String(count)).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()

    const own = await signedIn('branch')
    await own.page.goto('/rules/registry/branch_too_large')
    await own.page.getByText(/^Set at /).waitFor()
    assert.equal(await own.page.getByRole('button', { name: /Change/ }).count(), 0)
    await own.context.close()
  })
})

describe('dues that the server refuses', () => {
  test('stay in their cells, each with the reason', async () => {
    const { page, context, complaints } = await signedIn('chief')
    const { items } = await read(context, '/api/v1/lights?rule=dues/unpaid&level=yellow&limit=1')
    const light = items[0]
    await page.goto(`/payments?at=${light.organisation}&person=${light.subject}&show=unpaid`)
    const field = page.locator('tr.first input').first()
    await field.fill('7.50')
    await page.getByRole('textbox', { name: 'Paid on' }).fill('2999-01-01')
    await field.press('Control+s')
    const reason = /The day of payment 2999-01-01 is after today/
    await page.locator('tr.first .wrong').getByText(reason).waitFor()
    await page.getByRole('alert').getByText(reason).waitFor()
    assert.equal(await field.inputValue(), '7.50')
    assert.deepEqual(await violations(page), [])
    // Nothing of it is on record.
    await page.reload()
    await page.getByText('This goes on from what you had not saved').waitFor()
    assert.equal(await field.inputValue(), '7.50')
    await page.getByRole('button', { name: 'Clear' }).click()
    assert.equal(await field.inputValue(), '')
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('dues', () => {
  test('are typed by keyboard, saved together, and put the light out', async () => {
    const { page, context, complaints } = await signedIn('chief')
    const { items } = await read(context, '/api/v1/lights?rule=dues/unpaid&level=yellow&limit=1')
    const light = items[0]
    await page.goto(`/lights/dues/unpaid/persons/${light.subject}`)
    await page.getByRole('link', { name: 'Record dues' }).click()
    // The first field that is due in the member's line has the focus.
    await page.locator('tr.first input').first().waitFor()
    const fields = page.locator('tr.first input')
    const due = await fields.count()
    assert.ok(due >= 3, `${due} months are due`)
    assert.deepEqual(await violations(page), [])
    await page.keyboard.type('abc')
    await page.keyboard.press('ArrowRight')
    for (let month = 1; month < due; month += 1) {
      await page.keyboard.type('12.5')
      await page.keyboard.press('ArrowRight')
    }
    await page.getByText(`Payments: ${due}, ${((due - 1) * 12.5).toFixed(2)} yuan`).waitFor()
    await page.reload()
    await page.getByText('This goes on from what you had not saved').waitFor()
    await page.getByText(`Payments: ${due},`).waitFor()
    await page.getByRole('button', { name: 'Save together' }).click()
    await page.getByRole('alert').getByText('Give an amount above zero').waitFor()
    await page
      .locator('.toast')
      .filter({ hasText: `Payments recorded: ${due - 1}` })
      .waitFor()
    assert.equal(await fields.count(), 1)
    assert.equal(await fields.first().inputValue(), 'abc')
    await fields.first().fill('12.50')
    await page.keyboard.press('Control+s')
    await page.locator('.toast').filter({ hasText: 'Payments recorded: 1' }).waitFor()
    // Undone it is back in its field; sent again it is on record.
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).last().click()
    await page.getByText('Payments: 1, 12.50 yuan').waitFor()
    await fields.first().waitFor()
    assert.equal(await fields.count(), 1)
    assert.equal(await fields.first().inputValue(), '12.50')
    await fields.first().press('Control+s')
    // Months that were paid before stand in this line, too: the field itself has to go.
    await fields.first().waitFor({ state: 'detached' })
    assert.equal(await fields.count(), 0)
    assert.ok((await page.locator('tr.first .paid').count()) >= due)
    await page.goto(`/lights/dues/unpaid/persons/${light.subject}`)
    await page.getByText('Not lit', { exact: true }).waitFor()

    // Taken back in its cell, it is due again.
    await page.goto(`/payments?at=${light.organisation}&person=${light.subject}&show=unpaid`)
    await page.locator('tr.first .paid').last().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
    await fields.first().waitFor()
    await page.getByRole('button', { name: 'All as due' }).click()
    assert.equal(await fields.first().inputValue(), '12.50')

    // On a phone as well each field is in sight without scrolling sideways, each month on a line.
    await page.setViewportSize(NARROW)
    const frame = page.locator('.payments .frame')
    await frame.locator('thead tr:last-child th').nth(3).waitFor({ state: 'detached' })
    assert.equal(await frame.evaluate((one) => one.scrollWidth - one.clientWidth), 0)
    assert.equal(await overflow(page), 0)
    assert.deepEqual(complaints, [])
    await context.close()
  })
})
