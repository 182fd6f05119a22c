// Administration: accounts and their links, roles, the three administrators apart, the log.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  NARROW,
  openBrowser,
  openPage,
  overflow,
  smallestText,
  smallTargets,
  violations,
} from './browser.mjs'
import { picture } from './pictures.mjs'
import { toast } from './office.mjs'
import { PASSWORD, Server } from './server.mjs'
import { codeOf } from './totp.mjs'

const server = new Server('web')
/** @type {import('playwright-core').Browser} */
let browser
/** Cookies of sessions, by login: the three administrators set up their second factor once. */
/** @type {Record<string, any[]>} */
const sessions = {}
const ROLES = {
  system: 'system_admin',
  security: 'security_admin',
  audit: 'audit_admin',
  staff: 'higher_staff',
}

/**
 * Enters by a one-time link, with a second factor.
 * @param {string} login
 * @param {string} link
 */
async function enter(login, link) {
  const { context } = await openPage(browser, server.address)
  const entered = await context.request.post('/api/v1/sessions/by-link', {
    data: { token: link.split('/').at(-1), password: PASSWORD },
  })
  assert.equal(entered.status(), 201, await entered.text())
  const headers = { 'X-CSRF-Token': (await entered.json()).csrf }
  const proposed = await context.request.post('/api/v1/session/second-factor', {
    headers,
    data: { password: PASSWORD },
  })
  const { secret } = await proposed.json()
  const confirmed = await context.request.put('/api/v1/session/second-factor', {
    headers,
    data: { code: codeOf(secret) },
  })
  assert.equal(confirmed.status(), 200, await confirmed.text())
  sessions[login] = await context.cookies()
  await context.close()
}

/** The code of a branch without a theme day: one with something to do. */
function branchCode() {
  const lines = server.run('--json', 'lights', '--rule', 'orglife/theme_day').split('\n')
  const first = lines.find((line) => line.startsWith('{'))
  return JSON.parse(first ?? '{}').subject
}

/**
 * Enters by a one-time link, without a second factor.
 * @param {string} login
 * @param {string} link
 */
async function enterPlainly(login, link) {
  const { context } = await openPage(browser, server.address)
  const data = { token: link.split('/').at(-1), password: PASSWORD }
  const entered = await context.request.post('/api/v1/sessions/by-link', { data })
  assert.equal(entered.status(), 201, await entered.text())
  sessions[login] = await context.cookies()
  await context.close()
}

before(async () => {
  server.fill()
  /** @type {Record<string, string>} */
  const links = {}
  for (const [login, role] of Object.entries(ROLES)) links[login] = server.account(login, role)
  const helper = server.account('helper', 'secretary', branchCode())
  await server.start()
  browser = await openBrowser()
  for (const [login, link] of Object.entries(links)) await enter(login, link)
  await enterPlainly('helper', helper)
})
after(async () => {
  await browser?.close()
  await server.close()
})

/**
 * @param {string} login
 * @param {import('./browser.mjs').Look} [look]
 */
async function as(login, look = { language: 'en' }) {
  const opened = await openPage(browser, server.address, look)
  await opened.context.addCookies(sessions[login] ?? [])
  return opened
}

/** The code of an organisation below the highest one, once it is known. */
let code = ''

describe('administration', () => {
  /** The link of the account that the first test makes. */
  let link = ''

  test('an account is made, and its link is shown this once', async () => {
    const { page, context, complaints } = await as('system')
    await page.goto('/admin/accounts')
    await page.getByRole('button', { name: 'New account' }).click()
    const dialog = page.getByRole('dialog', { name: 'New account' })
    await dialog.getByLabel('Login name').fill('audit')
    await dialog.getByRole('button', { name: 'Make it' }).click()
    await dialog.getByText('The login name audit is taken').waitFor()
    await dialog.getByLabel('Login name').fill('zhao.min')
    await dialog.getByLabel(/^Name/).fill('Zhao Min')
    assert.deepEqual(await violations(page), [])
    await page.keyboard.press('Enter')
    link = await dialog.getByLabel('One-time link of zhao.min').inputValue()
    assert.match(link, new RegExp(`^${server.address}/signin/once/[0-9a-f]{64}$`))
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: 'Handed over' }).click()
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await page.getByText(link).count(), 0)

    // Found by name; back from its page keeps what was looked for.
    await page.getByLabel('Find by login or name').fill('zhao')
    await page.waitForURL(/q=zhao/)
    await page.getByRole('link', { name: 'zhao.min' }).click()
    await page.getByRole('heading', { name: 'Zhao Min' }).waitFor()
    await page.getByText('Not used yet').waitFor()
    // Whoever makes links grants no roles.
    assert.equal(await page.getByRole('button', { name: 'Grant a role' }).count(), 0)
    await page.goBack()
    await page.waitForURL(/q=zhao/)
    await page.getByRole('link', { name: 'zhao.min' }).waitFor()
    assert.equal(await page.locator('tbody tr').count(), 1)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('a role is granted in words, at a place that is found by typing', async () => {
    const staff = await as('staff')
    const top = (await (await staff.context.request.get('/api/v1/organisations')).json()).items[0]
    const children = await staff.context.request.get(
      `/api/v1/organisations/${top.organisation}/children`,
    )
    code = (await children.json()).items[0].code
    await staff.context.close()

    const { page, context, complaints } = await as('security')
    await page.goto('/admin/accounts?q=zhao')
    await page.getByRole('link', { name: 'zhao.min' }).click()
    await page.getByText('No role yet').waitFor()
    // Whoever grants roles makes no links.
    assert.equal(await page.getByRole('button', { name: 'Make a sign-in link' }).count(), 0)
    await page.getByRole('button', { name: 'Grant a role' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Role', { exact: true }).selectOption({ label: 'Secretary' })
    await dialog.getByText('Record activities').waitFor()
    // The administrators' roles are not among those to be given.
    assert.deepEqual(
      (await dialog.locator('option').allInnerTexts()).filter((text) => /administr/.test(text)),
      [],
    )
    const place = dialog.getByLabel('Organisation', { exact: true })
    await place.fill('no-such-code')
    await page.getByText('No choice fits').waitFor()
    assert.ok(await dialog.getByRole('button', { name: 'Grant a role' }).isDisabled())
    await place.fill(code)
    await page.getByRole('option').filter({ hasText: code }).click()
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: 'Grant a role' }).click()
    await toast(page, 'Granted: Secretary').waitFor()
    const held = page.locator('.grants li').filter({ hasText: 'Secretary' })
    await held
      .filter({ hasText: `(${code})` })
      .filter({ hasText: 'Granted by security' })
      .waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('whoever has the link signs in and sees the place of the role', async () => {
    const { page, context, complaints } = await openPage(browser, server.address, {
      language: 'en',
      viewport: NARROW,
    })
    await page.goto(new URL(link).pathname)
    await page.getByLabel('New password').fill(PASSWORD)
    await page.getByLabel('Once more').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Today' }).waitFor()
    const places = await (await context.request.get('/api/v1/organisations')).json()
    assert.deepEqual(
      places.items.map((/** @type {{code: string}} */ one) => one.code),
      [code],
    )
    // What an administrator does is not for them.
    await page.goto('/admin/accounts')
    await page.getByRole('heading', { name: 'You may not see this page' }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('one account holds no two of what is separate', async () => {
    const { page, context, complaints } = await as('security')
    await page.goto('/admin/accounts?q=audit')
    await page.getByRole('link', { name: 'audit' }).click()
    await page.locator('.grants li').filter({ hasText: 'Audit administrator' }).waitFor()
    // Taken at the command line only, as it was given.
    assert.equal(await page.getByRole('button', { name: 'Take away' }).count(), 0)
    await page.getByRole('button', { name: 'Grant a role' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Role', { exact: true }).selectOption({ label: 'Secretary' })
    await dialog.getByText('may not be held by an account that holds “Audit admin').waitFor()
    assert.ok(await dialog.getByRole('button', { name: 'Grant a role' }).isDisabled())
    await dialog.getByLabel('Not at one organisation').check()
    await dialog.getByRole('button', { name: 'Grant a role' }).click()
    await dialog.getByRole('alert').getByText('the three administrators are separate').waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await page.reload()
    await page.locator('.grants li').first().waitFor()
    assert.equal(await page.locator('.grants li').count(), 1)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('a role is taken, an account disabled, and taken back', async () => {
    const security = await as('security')
    await security.page.goto('/admin/accounts?q=zhao')
    await security.page.getByRole('link', { name: 'zhao.min' }).click()
    await security.page.getByRole('button', { name: 'Take away' }).click()
    const dialog = security.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Take away' }).click()
    await security.page.getByText('No role yet').waitFor()
    await security.context.close()

    const { page, context, complaints } = await as('system')
    await page.goto('/admin/accounts?q=zhao')
    await page.getByRole('link', { name: 'zhao.min' }).click()
    await page.getByRole('button', { name: 'Disable the account' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disable the account' }).click()
    await page.locator('dd').getByText('Disabled').waitFor()
    await toast(page, 'The account is disabled').getByRole('button', { name: 'Undo' }).click()
    await page.locator('dd').getByText('In use').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('the log', () => {
  test('tells the auditor what was done, and lets it be narrowed', async () => {
    const { page, context, complaints } = await as('audit')
    await page.goto('/admin/log?kind=identity')
    const rows = page.locator('tbody tr')
    await rows
      .filter({ hasText: /Account (made|opened)|account/i })
      .first()
      .waitFor()
    await page.getByLabel('What', { exact: true }).fill('identity.role_granted')
    await page.getByRole('option').first().click()
    await page.waitForURL(/kind=identity\.role_granted/)
    const granted = rows.filter({ hasText: 'Role: secretary' }).filter({ hasText: 'security' })
    await granted.first().waitFor()
    await granted.first().click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('button', { name: 'Only by this account' }).click()
    await page.waitForURL(/actor=\d+/)
    await page.reload()
    await granted.first().waitFor()
    assert.deepEqual(
      [...new Set(await page.locator('tbody td:nth-child(4)').allInnerTexts())],
      ['security'],
    )
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is verified at a button, which says what was found', async () => {
    /** @type {[string, string][]} */
    const doors = [
      ['audit', '/admin/log'],
      ['system', '/admin/system'],
    ]
    for (const [login, path] of doors) {
      const { page, context, complaints } = await as(login)
      await page.goto(path)
      const before = await page.locator('[data-verification=done]').count()
      await page.getByRole('button', { name: 'Verify now' }).click()
      await page.locator('[data-verification=done]').nth(before).waitFor()
      await page.getByText('Everything fits').first().waitFor()
      assert.deepEqual(await violations(page), [])
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })

  test('is not the system administrator’s, nor is anything of members', async () => {
    const { page, context, complaints } = await as('system')
    await page.goto('/admin/log')
    await page.getByRole('heading', { name: 'You may not see this page' }).waitFor()
    assert.equal(await page.getByRole('link', { name: 'Log', exact: true }).count(), 0)
    await page.goto('/cockpit')
    await page.getByRole('heading', { name: 'You may not see this page' }).waitFor()
    for (const path of ['facts', 'organisations', 'search?q=a', 'lights'])
      assert.equal((await context.request.get(`/api/v1/${path}`)).status(), 403, path)
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

/** @type {[string, import('./browser.mjs').Look][]} */
const LOOKS = [
  ['zh, light', {}],
  ['en, narrow, dark', { language: 'en', viewport: NARROW, theme: 'dark' }],
  ['zh, narrow, large', { elder: true, viewport: NARROW }],
]

/** @param {import('playwright-core').BrowserContext} context */
async function ownAccount(context) {
  const me = await (await context.request.get('/api/v1/session')).json()
  return `/admin/accounts/${me.account.id}`
}

/** Pages of the three, and what has to be seen before one is looked at. */
const PAGES = [
  { name: 'accounts', path: '/admin/accounts', login: 'system', ready: 'tbody tr' },
  { name: 'admin-account', path: ownAccount, login: 'system', ready: 'main h1' },
  { name: 'roles', path: '/admin/roles', login: 'security', ready: '.list li' },
  { name: 'sight', path: '/admin/sight', login: 'security', ready: 'main form, main h1' },
  { name: 'settings', path: '/admin/settings', login: 'staff', ready: '[data-setting]' },
  { name: 'log', path: '/admin/log', login: 'audit', ready: 'tbody tr' },
  { name: 'system', path: '/admin/system', login: 'system', ready: 'dl' },
]

describe('pages of administration', () => {
  for (const [name, look] of LOOKS)
    test(`are accessible: ${name}`, async () => {
      /** @type {Record<string, Awaited<ReturnType<typeof as>>>} */
      const windows = {}
      for (const one of PAGES) {
        const { page, context, complaints } = (windows[one.login] ??= await as(one.login, look))
        await page.goto(typeof one.path === 'string' ? one.path : await one.path(context))
        await page.locator(one.ready).first().waitFor()
        assert.deepEqual(await violations(page), [], one.name)
        assert.equal(await overflow(page), 0, one.name)
        if (look.elder) {
          const least = await smallestText(page)
          assert.ok(least.size >= 24, `${one.name}: ${JSON.stringify(least)}`)
          assert.deepEqual(await smallTargets(page, 60), [], one.name)
        }
        assert.deepEqual(complaints, [], one.name)
        await picture(page, one.name, look)
      }
      for (const { context } of Object.values(windows)) await context.close()
    })
})

describe('settings and system', () => {
  test('a parameter is changed after a look at its effect, and back', async () => {
    const { page, context, complaints } = await as('staff')
    await page.goto('/admin/settings')
    const setting = page.locator('[data-setting=max_members]')
    await setting.getByRole('button', { name: 'Change' }).click()
    const dialog = page.getByRole('dialog')
    const field = dialog.getByRole('spinbutton')
    await field.fill('501')
    await dialog.getByText('A whole number from 1 to 500').waitFor()
    await field.fill('2')
    await dialog.getByText(/Once saved: [1-9]\d* lights go on/).waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await setting.getByText('Set here').waitFor()
    assert.equal(await setting.locator('.value').innerText(), '2')
    await toast(page, 'is 2 now').getByRole('button', { name: 'Undo' }).click()
    await setting.locator('.value').getByText('50').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('statistics are made anew with progress', async () => {
    const { page, context, complaints } = await as('system', {
      language: 'en',
      viewport: NARROW,
    })
    await page.goto('/admin/system')
    await page.getByRole('button', { name: 'Rebuild statistics' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
    await page.locator('li').getByText('Done').waitFor()
    assert.equal(await overflow(page), 0)
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('tokens', () => {
  test('one is made for some permissions, shown once, used, and revoked', async () => {
    const { page, context, complaints } = await as('staff')
    await page.goto('/account')
    await page.getByRole('button', { name: 'New token' }).click()
    const dialog = page.getByRole('dialog')
    assert.ok(await dialog.getByRole('button', { name: 'Make it' }).isDisabled())
    await dialog.getByLabel('What for').fill('Nightly statistics')
    await dialog.getByLabel('See organisations and members, masked').check()
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: 'Make it' }).click()
    const token = await dialog.getByLabel('Token: Nightly statistics').inputValue()
    await dialog.getByRole('button', { name: 'I have kept it' }).click()
    const asked = async () => {
      const headers = { Authorization: `Bearer ${token}` }
      return (await fetch(`${server.address}/api/v1/organisations`, { headers })).status
    }
    assert.equal(await asked(), 200)
    await page.locator('.tokens li').filter({ hasText: 'Nightly statistics' }).waitFor()
    assert.equal(await page.getByText(token).count(), 0)
    await page.getByRole('button', { name: 'Revoke the token' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke the token' }).click()
    await toast(page, 'The token is revoked').waitFor()
    assert.equal(await asked(), 401)
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('the calendar of due days', () => {
  test('has a secret address, shown once, that is replaced and taken away', async () => {
    const { page, context, complaints } = await as('staff')
    await page.goto('/account')
    const section = page.locator('[data-calendar]')
    /** @param {string} act */
    const press = async (act) => {
      await section.getByRole('button', { name: act }).click()
      await page.getByRole('dialog', { name: act }).getByRole('button', { name: act }).click()
    }
    const shown = async () => {
      const field = page.getByLabel('Address of the calendar')
      await field.waitFor()
      assert.deepEqual(await violations(page), [])
      const address = await field.inputValue()
      await page.getByRole('button', { name: 'I have kept it' }).click()
      return address
    }
    await press('Make an address')
    const first = await shown()
    // Without signing in.
    const answer = await fetch(first)
    assert.match(await answer.text(), /^BEGIN:VCALENDAR/)
    await section.getByText('There is an address').waitFor()
    assert.equal(await page.getByText('/api/v1/calendars/').count(), 0)
    await press('Replace the address')
    const second = await shown()
    assert.notEqual(second, first)
    assert.equal((await fetch(first)).status, 404)
    assert.equal((await fetch(second)).status, 200)
    await press('Take the address away')
    await toast(page, 'The address is void').waitFor()
    await section.getByRole('button', { name: 'Make an address' }).waitFor()
    assert.equal((await fetch(second)).status, 404)
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('the sight of another', () => {
  test('shows what both may see, writes nothing, is told and ends', async () => {
    const { page, context, complaints } = await as('staff')
    await page.goto('/admin/sight')
    await page.getByRole('button', { name: 'Begin to look' }).click()
    await page.getByText('Choose an account').waitFor()
    await page.getByText('Say what it is for').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByLabel('As whom').fill('helper')
    await page.getByRole('option', { name: /helper/ }).click()
    await page.getByLabel('What for').fill('Which pages a branch has')
    await page.getByRole('button', { name: 'Begin to look' }).click()
    const bar = page.getByRole('region', { name: 'Looking as another' })
    await bar.getByText(/staff, you are looking as helper would/).waitFor()
    await page.getByText('Lights to put out').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Settings', exact: true }).count(), 0)
    assert.deepEqual(await violations(page), [])
    const listed = await context.request.get('/api/v1/organisations')
    assert.equal((await listed.json()).items.length, 1)
    // What the form would do is refused, and nothing of it is done.
    await page.goto('/activities/new')
    await page.getByRole('checkbox').first().waitFor()
    await page.getByLabel('Topic').fill('Not to be')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('You are looking as another would, and can only look').waitFor()
    await bar.getByRole('button', { name: 'Stop looking' }).click()
    await page.getByRole('link', { name: 'See as another' }).click()
    await page.getByText('I looked as helper').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()

    const seen = await as('helper')
    await seen.page.goto('/account')
    await seen.page.getByText('staff looked as me').waitFor()
    await seen.page.getByText(/Which pages a branch has/).waitFor()
    assert.deepEqual(await violations(seen.page), [])
    await seen.context.close()
  })
})

describe('the program', () => {
  test('has settings with bounds and origin: set, told by whom, and on record', async () => {
    const { page, context, complaints } = await as('system')
    await page.goto('/admin/system')
    const line = page.locator('[data-setting=session_idle_minutes]')
    await line.getByText('Default', { exact: true }).waitFor()
    await page.locator('[data-setting=rate]').waitFor()
    assert.equal(await page.locator('[data-setting=rate]').getByRole('button').count(), 0)
    await line.getByRole('button', { name: /Change/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('New value').fill('4')
    await dialog.getByText(/from 5 to 120|5 and 120|5 to 120/).waitFor()
    assert.ok(await dialog.getByRole('button', { name: 'Save' }).isDisabled())
    await dialog.getByLabel('New value').fill('45')
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await line.getByText(/^Set by system/).waitFor()
    await line.getByText('45', { exact: true }).waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()

    const audit = await as('audit')
    await audit.page.goto('/admin/log')
    const place = audit.page.getByLabel('Organisation', { exact: true })
    await place.fill(code)
    await audit.page.getByRole('option').first().click()
    await audit.page.waitForURL(/organisation=\d+/)
    await audit.context.close()
  })
})
