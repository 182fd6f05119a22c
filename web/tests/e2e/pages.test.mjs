// Every page that needs no more than an account: accessible in both languages, light, dark and
// large type, at both widths; and what a person does there first.

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
import { day, toast } from './office.mjs'
import { picture } from './pictures.mjs'
import { PASSWORD, Server } from './server.mjs'
import { codeOf } from './totp.mjs'

const server = new Server('web')
/** @type {import('playwright-core').Browser} */
let browser
/** @type {Record<string, string>} */
const links = {}
/** A member of the demo city, in whose archive pages look. */
let person = ''
/** The page of the highest organisation. */
let cityPage = ''
/** A branch with lights, and something that it held. */
let branch = ''
let activity = ''

before(async () => {
  server.fill()
  links.chief = server.account('chief', 'secretary')
  links.staff = server.account('staff', 'higher_staff')
  links.system = server.account('system', 'system_admin')
  links.nobody = server.account('nobody', 'data_clerk')
  await server.start()
  browser = await openBrowser()
  // The chief has a password from here on; the others set theirs in a test.
  const { page, context } = await openPage(browser, server.address)
  const token = links.chief?.split('/').at(-1)
  const body = { token, password: PASSWORD }
  const entered = await page.request.post(`${server.address}/api/v1/sessions/by-link`, {
    data: body,
  })
  assert.equal(entered.status(), 201)
  const { persons } = await (await page.request.get('/api/v1/search?q=LH000000001')).json()
  person = persons[0].person
  const listed = await page.request.get(`${server.address}/api/v1/organisations`)
  cityPage = `/organisations/${(await listed.json()).items[0].organisation}`
  const lights = `${server.address}/api/v1/lights?rule=orglife/theme_day&limit=1`
  branch = (await (await page.request.get(lights)).json()).items[0].subject
  const held = `${server.address}/api/v1/organisations/${branch}/activities?limit=1`
  activity = (await (await page.request.get(held)).json()).items[0].id
  await context.close()
})
after(async () => {
  await browser?.close()
  await server.close()
})

/**
 * @param {string} login
 * @param {import('./browser.mjs').Look} [look]
 */
async function signedIn(login, look) {
  const opened = await openPage(browser, server.address, look)
  const answer = await opened.context.request.post('/api/v1/sessions', {
    data: { login, password: PASSWORD },
  })
  assert.equal(answer.status(), 201, await answer.text())
  return opened
}

/** @type {[string, import('./browser.mjs').Look][]} */
const LOOKS = [
  ['zh, light', {}],
  ['en, dark', { language: 'en', theme: 'dark' }],
  ['zh, large', { elder: true }],
  ['en, narrow, dark', { language: 'en', viewport: NARROW, theme: 'dark' }],
  ['zh, narrow, large, dark', { elder: true, viewport: NARROW, theme: 'dark' }],
]

/** Pages, and what has to be seen before one is looked at. */
const PAGES = [
  { name: 'signin', path: '/signin', inside: false, ready: 'form' },
  { name: 'once', path: `/signin/once/${'0'.repeat(64)}`, inside: false, ready: 'form' },
  { name: 'home', path: '/', inside: true, ready: '.lights li' },
  { name: 'account', path: '/account', inside: true, ready: 'main section li' },
  { name: 'second-factor', path: '/account/second-factor', inside: true, ready: 'form' },
  { name: 'members', path: '/members', inside: true, ready: 'tbody tr' },
  { name: 'archive', path: () => `/persons/${person}`, inside: true, ready: '.timeline li' },
  { name: 'duplicates', path: '/duplicates', inside: true, ready: 'main h2' },
  { name: 'imports', path: '/imports', inside: true, ready: '.chooser' },
  { name: 'jobs', path: '/jobs', inside: true, ready: '.jobs .state' },
  { name: 'organisations', path: '/organisations', inside: true, ready: '[role=treeitem]' },
  { name: 'organisation', path: () => cityPage, inside: true, ready: 'tbody tr' },
  { name: 'lights', path: '/lights', inside: true, ready: 'tbody tr a' },
  { name: 'lights-trend', path: '/lights?part=trend', inside: true, ready: '.trend [role=img]' },
  {
    name: 'light',
    path: () => `/lights/orglife/theme_day/organisations/${branch}`,
    inside: true,
    ready: '.actions a',
  },
  { name: 'rules', path: '/rules', inside: true, ready: 'main li h2' },
  { name: 'rule', path: '/rules/dues/unpaid', inside: true, ready: '.parameters li' },
  { name: 'dues-books', path: '/dues/books', inside: true, ready: '.figures tr' },
  { name: 'activities', path: '/activities', inside: true, ready: 'tbody tr a' },
  {
    name: 'activity',
    path: () => `/activities/${activity}?at=${branch}`,
    inside: true,
    ready: '.activity h1',
  },
  {
    name: 'correct',
    path: () => `/activities/${activity}/correct`,
    inside: true,
    ready: '.correct h1',
  },
  {
    name: 'record',
    path: () => `/activities/new?organisation=${branch}&kind=theme_day`,
    inside: true,
    ready: '.roster li',
  },
  { name: 'payments', path: () => `/payments?at=${branch}`, inside: true, ready: 'tbody tr' },
  {
    name: 'statement',
    path: () => `/payments/statement?at=${branch}`,
    inside: true,
    ready: '.drop',
  },
  {
    name: 'orders',
    path: () => `/payments/online?at=${branch}`,
    inside: true,
    ready: '.orders .state',
  },
  { name: 'cashier', path: '/pay/sandbox/1', inside: true, ready: '.notice.failed' },
  { name: 'own-grades', path: '/grades/mine', inside: true, ready: '.own-grades .state' },
  { name: 'dispatches', path: '/dispatches', inside: true, ready: 'main .state' },
  { name: 'dispatch-new', path: '/dispatches/new', inside: true, ready: '.new .state' },
  { name: 'stays', path: '/stays', inside: true, ready: 'main .state, .boxed-list li' },
  { name: 'away', path: '/away', inside: true, ready: 'main .state, .boxed-list li' },
  { name: 'burden', path: '/burden', inside: true, ready: '.burden .state, tbody tr' },
  { name: 'notices', path: '/notices', inside: true, ready: '.notices .state' },
  { name: 'cockpit', path: '/cockpit', inside: true, ready: '.overview canvas' },
  { name: 'nowhere', path: '/there/is/no/such/page', inside: true, ready: 'main h1' },
]

for (const [name, look] of LOOKS) {
  describe(`pages: ${name}`, () => {
    // One window for all of them: a new one reads and compiles the whole program again.
    /** @type {Awaited<ReturnType<typeof openPage>>} */
    let inside
    /** @type {Awaited<ReturnType<typeof openPage>>} */
    let outside
    before(async () => {
      inside = await signedIn('chief', look)
      outside = await openPage(browser, server.address, look)
    })
    after(async () => {
      await inside.context.close()
      await outside.context.close()
    })

    for (const one of PAGES) {
      test(`${one.name} is accessible: ${name}`, async () => {
        const { page, complaints } = one.inside ? inside : outside
        await page.goto(typeof one.path === 'string' ? one.path : one.path())
        await page.locator(one.ready).first().waitFor()
        assert.deepEqual(await violations(page, { rests: true }), [])
        assert.equal(await overflow(page), 0)
        if (look.elder) {
          const least = await smallestText(page)
          assert.ok(least.size >= 24, JSON.stringify(least))
          assert.deepEqual(await smallTargets(page, 60), [])
        }
        assert.deepEqual(complaints.splice(0), [])
        await picture(page, one.name, look)
      })
    }
  })
}

describe('signing in', () => {
  test('asks for what is needed, and leads to where one wanted to go', async () => {
    const { page, context, complaints } = await openPage(browser, server.address, {
      language: 'en',
    })
    await page.goto('/account?from=mail')
    await page.getByLabel('Login name').fill('chief')
    await page.getByLabel('Password').fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').getByText('The login name or the password is wrong').waitFor()
    assert.deepEqual(await violations(page, { rests: true }), [])
    await page.getByLabel('Password').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'My account' }).waitFor()
    assert.match(page.url(), /\/account\?from=mail$/)
    await page.getByRole('button', { name: 'Account of chief' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.goto('/account')
    await page.getByLabel('Login name').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('a one-time link: a password that will do, chosen twice', async () => {
    const { page, context, complaints } = await openPage(browser, server.address)
    await page.goto(links.nobody ?? '')
    await page.getByLabel('新密码').fill('short')
    await page.getByLabel('再输入一次').fill('shorter')
    await page.getByRole('button', { name: '设置并登录' }).click()
    await page.getByText('两次输入的密码不一样').waitFor()
    await page.getByLabel('再输入一次').fill('short')
    await page.keyboard.press('Enter')
    await page
      .getByText(/密码太短|至少 ?12/)
      .first()
      .waitFor()
    await page.getByLabel('新密码').and(page.locator('[aria-invalid=true]')).waitFor()
    await page.getByLabel('新密码').fill(PASSWORD)
    await page.getByLabel('再输入一次').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '今日要办' }).waitFor()
    await page.goto(links.nobody ?? '')
    await page.getByLabel('新密码').fill(PASSWORD)
    await page.getByLabel('再输入一次').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByText('链接只能使用一次').waitFor()
    assert.deepEqual(await violations(page, { rests: true }), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('a role that asks for a second factor sets it up first, then signs in with it', async () => {
    const { page, context, complaints } = await openPage(browser, server.address, {
      language: 'en',
      viewport: NARROW,
    })
    await page.goto(links.staff ?? '')
    await page.getByLabel('New password').fill(PASSWORD)
    await page.getByLabel('Once more').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Two-step sign-in' }).waitFor()
    await page.goto('/')
    await page.getByText('One of your roles asks for two-step sign-in').waitFor()
    await page.getByLabel('Password').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.locator('svg.qr').waitFor()
    assert.deepEqual(await violations(page, { rests: true }), [])
    const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '')
    await page.getByLabel('The six digits').fill('000000')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await page.getByLabel('The six digits').fill(codeOf(secret))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Recovery codes' }).waitFor()
    assert.deepEqual(await violations(page, { rests: true }), [])
    const recovery = await page.locator('.codes li').first().innerText()
    assert.ok(await page.getByRole('button', { name: 'Go on' }).isDisabled())
    await page.getByLabel('I have kept them').check()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('heading', { name: 'Today' }).waitFor()

    await page.getByRole('button', { name: 'Account of staff' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByLabel('Login name').fill('staff')
    await page.getByLabel('Password').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByText('a code is needed, too').waitFor()
    await page.getByLabel('Code').fill(recovery)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Today' }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('a session that ends in the middle of a form loses nothing', async () => {
    const { page, context, complaints } = await signedIn('chief', { language: 'en' })
    await page.goto('/account')
    await page.getByText('All organisations · Secretary').waitFor() // asked in time in English
    await page.getByLabel('Present password').fill(PASSWORD)
    await page.getByLabel('New password').fill(`${PASSWORD}, and longer`)
    await page.getByLabel('Once more').fill(`${PASSWORD}, and longer`)
    await context.clearCookies()
    await page.getByRole('button', { name: 'Change the password' }).click()
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
    await dialog.waitFor()
    assert.deepEqual(await violations(page, { rests: true }), [])
    assert.equal(await dialog.getByLabel('Login name').inputValue(), 'chief')
    await dialog.getByLabel('Password').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await toast(page, 'The password is changed').waitFor()
    // And back, for the tests that follow.
    await page.getByLabel('Present password').fill(`${PASSWORD}, and longer`)
    await page.getByLabel('New password').fill(PASSWORD)
    await page.getByLabel('Once more').fill(PASSWORD)
    await page.getByRole('button', { name: 'Change the password' }).click()
    await toast(page, 'The password is changed').nth(1).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('other devices are signed out one by one, or all', async () => {
    const phone = await signedIn('nobody', { viewport: NARROW })
    const desk = await signedIn('nobody', { language: 'en' })
    await desk.page.goto('/account')
    await desk.page.getByText('This one').waitFor()
    const before = await desk.page.getByRole('button', { name: 'Sign it out' }).count()
    await desk.page.getByRole('button', { name: 'Sign it out' }).first().click()
    await toast(desk.page, 'That device is signed out').waitFor()
    const left = desk.page.getByRole('button', { name: 'Sign it out' })
    await left.nth(before - 1).waitFor({ state: 'detached' })
    assert.equal(await left.count(), before - 1)
    await desk.page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await desk.page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
    await desk.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    const answer = await phone.context.request.get('/api/v1/session')
    assert.equal(answer.status(), 401)
    await phone.context.close()
    await desk.context.close()
  })

  test('weighs little: the sign-in page within 120 KB', async () => {
    const { page, context } = await openPage(browser, server.address)
    await page.goto('/signin')
    await page.locator('form').waitFor()
    const bytes = await page.evaluate(() =>
      ['navigation', 'resource']
        .flatMap((kind) => performance.getEntriesByType(kind))
        .reduce((sum, entry) => sum + /** @type {any} */ (entry).transferSize, 0),
    )
    assert.ok(bytes > 20_000 && bytes < 120 * 1024, `${bytes} bytes`)
    await context.close()
  })
})

describe('the first page', () => {
  test('shows lights by due date, and a way to each', async () => {
    const { page, context } = await signedIn('chief', { language: 'en' })
    await page.goto('/')
    await page.locator('.lights li').first().waitFor()
    const days = await page
      .locator('.lights time')
      .evaluateAll((times) => times.map((time) => time.getAttribute('datetime') ?? ''))
    assert.ok(days.length > 1)
    assert.deepEqual(days, [...days].sort())
    const first = page.locator('.lights li').first()
    const to = await first.locator('.act').getAttribute('href')
    assert.match(to ?? '', /^\/((organisations|persons)\/\d+|activities\/new|payments)/)
    await context.close()
  })

  test('hears of a change while it is open', async () => {
    const { page, context } = await signedIn('chief', { language: 'en' })
    await page.goto('/')
    await page.locator('.lights li').first().waitFor()
    const me = await (await context.request.get('/api/v1/session')).json()
    const places = await (await context.request.get('/api/v1/organisations')).json()
    const children = await (
      await context.request.get(`/api/v1/organisations/${places.items[0].organisation}/children`)
    ).json()
    const organisation = children.items[0].organisation
    const made = await context.request.post(`/api/v1/organisations/${organisation}/activities`, {
      headers: { 'X-CSRF-Token': me.csrf },
      data: { kind: 'theme_day', held_on: day(), topic: 'Heard while it is open' },
    })
    assert.equal(made.status(), 201, await made.text())
    await page.getByText('Heard while it is open').waitFor({ timeout: 5000 })
    await context.close()
  })

  test('says so where a role has no lights', async () => {
    const { page, context } = await openPage(browser, server.address, { language: 'en' })
    await page.goto(links.system ?? '')
    await page.getByLabel('New password').fill(PASSWORD)
    await page.getByLabel('Once more').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Two-step sign-in' }).waitFor()
    await page.getByLabel('Password').fill(PASSWORD)
    await page.keyboard.press('Enter')
    const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '')
    await page.getByLabel('The six digits').fill(codeOf(secret))
    await page.keyboard.press('Enter')
    await page.getByLabel('I have kept them').check()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('Your role has no lights to look after').waitFor()
    assert.equal(await page.getByRole('search').count(), 0)
    assert.deepEqual(await violations(page, { rests: true }), [])
    await context.close()
  })

  test('is reached by keyboard alone, search included', async () => {
    const { page, context } = await signedIn('chief', { language: 'en' })
    await page.goto('/account')
    await page.locator('section li').first().waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('/')
    await page.keyboard.type('Today')
    await page.getByRole('option', { name: 'Today' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Today' }).waitFor()
    await page.getByText('Lights to put out').waitFor()
    // From the top of the page: the first Tab leads past the head into the content.
    await page.locator('.lights li').first().waitFor()
    await page.keyboard.press('Tab')
    const inMain = () => page.evaluate(() => document.activeElement?.closest('main') !== null)
    assert.ok(await inMain(), 'a new page is read from its content')
    await context.close()
  })
})

describe('at twice the size', () => {
  test('the pages that are used most need no scrolling aside', async () => {
    const { context } = await signedIn('chief')
    const state = await context.storageState()
    await context.close()
    // What 200 % of zoom makes of a window of 1440 by 900.
    const zoomed = await browser.newContext({
      baseURL: server.address,
      storageState: state,
      viewport: { width: 720, height: 450 },
      deviceScaleFactor: 2,
      locale: 'zh-CN',
      reducedMotion: 'reduce',
    })
    const page = await zoomed.newPage()
    const used = [
      '/',
      '/organisations',
      cityPage,
      '/members',
      `/persons/${person}`,
      '/lights',
      `/lights/orglife/theme_day/organisations/${branch}`,
      '/activities/new',
      '/payments',
      '/imports',
    ]
    for (const address of used) {
      await page.goto(address)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await page.waitForLoadState('networkidle')
      assert.equal(await overflow(page), 0, address)
    }
    await zoomed.close()
  })
})
