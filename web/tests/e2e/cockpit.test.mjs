// The wall screen: each figure is what the list it leads to has, it follows changes, and goes from
// view to view by itself.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { NARROW, openBrowser, openPage, overflow, violations } from './browser.mjs'
import { picture } from './pictures.mjs'
import { day } from './office.mjs'
import { PASSWORD, Server } from './server.mjs'

const WALL = { width: 1920, height: 1080 }
const STEP_MS = 20_000
const server = new Server('web')
/** @type {import('playwright-core').Browser} */
let browser
/** @type {any[]} */
let cookies = []
let csrf = ''
let top = ''

before(async () => {
  server.fill()
  const link = server.account('chief', 'secretary')
  server.account('staff', 'higher_staff') // with chief alone, the start would make a link anew
  await server.start()
  browser = await openBrowser()
  const { context } = await openPage(browser, server.address)
  const entered = await context.request.post('/api/v1/sessions/by-link', {
    data: { token: link.split('/').at(-1), password: PASSWORD },
  })
  assert.equal(entered.status(), 201, await entered.text())
  csrf = (await entered.json()).csrf
  const places = await context.request.get('/api/v1/organisations')
  assert.equal(places.status(), 200, await places.text())
  top = (await places.json()).items[0].organisation
  cookies = await context.cookies()
  await context.close()
})
after(async () => {
  await browser?.close()
  await server.close()
})

/** @param {import('./browser.mjs').Look} [look] */
async function wall(look = {}) {
  const opened = await openPage(browser, server.address, {
    language: 'en',
    viewport: WALL,
    ...look,
  })
  await opened.context.addCookies(cookies)
  return opened
}

/** @param {string} text */
function number(text) {
  return Number(text.replaceAll(/\D/g, ''))
}

/**
 * How many rows the list has that an address of the workbench shows: by its own query.
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} href
 */
async function rowsBehind(context, href) {
  const { pathname, searchParams: query } = new URL(href, server.address)
  const organisation = query.get('organisation') ?? query.get('at') ?? ''
  query.delete('organisation')
  query.delete('at')
  const place = `/api/v1/organisations/${organisation}`
  if (pathname === '/members') {
    const answer = await context.request.get(`${place}/members/count?${query}`)
    return Number((await answer.json()).members)
  }
  let rows = 0
  let after = ''
  do {
    const page = new URLSearchParams(query)
    page.set('limit', '200')
    if (after) page.set('after', after)
    const answer = await context.request.get(`${place}${pathname}?${page}`)
    assert.equal(answer.status(), 200, `${href}: ${await answer.text()}`)
    const { items, next } = await answer.json()
    rows += items.length
    after = next ?? ''
  } while (after)
  return rows
}

describe('the cockpit', () => {
  test('each total is what the list behind it has', async () => {
    const { page, context, complaints } = await wall()
    await page.goto('/cockpit')
    for (const id of ['members', 'probationary', 'red', 'yellow', 'activities']) {
      const figure = page.locator(`[data-figure=${id}]`)
      await figure
        .locator('.value')
        .getByText(/^[\d,]+$/)
        .waitFor()
      const href = (await figure.getAttribute('href')) ?? ''
      const shown = number(await figure.locator('.value').innerText())
      assert.equal(shown, await rowsBehind(context, href), `${id}: ${href}`)
      assert.ok(shown > 0, id)
    }
    const organisations = page.locator('[data-figure=organisations]')
    assert.equal(await organisations.getAttribute('href'), `/organisations/${top}`)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('each group of the structure is what the members’ list has', async () => {
    const { page, context, complaints } = await wall()
    await page.goto('/cockpit?view=structure')
    let compared = 0
    for (const dimension of ['age', 'sex', 'stage', 'joined_period']) {
      const chart = page.locator(`[data-chart=${dimension}]`)
      await chart.getByRole('button', { name: /table/ }).click()
      for (const row of await chart.locator('tbody tr').all()) {
        const href = (await row.getByRole('link').getAttribute('href')) ?? ''
        const shown = number(await row.locator('td').first().innerText())
        assert.equal(shown, await rowsBehind(context, href), `${dimension}: ${href}`)
        compared += 1
      }
    }
    assert.ok(compared >= 14, `${compared}`)
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('lights of a rule are what the list of lights has; a press on the drawing leads on', async () => {
    const { page, context, complaints } = await wall()
    await page.goto('/cockpit?view=lights')
    const rules = page.locator('[data-chart=rules]')
    await rules.locator('canvas').waitFor()
    await rules.getByRole('button', { name: /table/ }).click()
    const rows = await rules.locator('tbody tr').all()
    assert.ok(rows.length > 3)
    for (const row of rows) {
      const href = (await row.getByRole('link').getAttribute('href')) ?? ''
      const cells = await row.locator('td').allInnerTexts()
      const shown = cells.reduce((sum, cell) => sum + number(cell), 0)
      assert.equal(shown, await rowsBehind(context, href), href)
    }
    // The largest tile is in the middle of the drawing: what is below it is shown next.
    await page.goto('/cockpit')
    await page.locator('.tall canvas').waitFor()
    await page.locator('[data-figure=members] .value').getByText(/\d/).waitFor()
    await page.locator('.tall canvas').click()
    await page.waitForURL(/organisation=\d+|\/organisations\/\d+/)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('terms: the calendar counts what its list names', async () => {
    const { page, context, complaints } = await wall()
    await page.goto('/cockpit?view=work')
    const within = page.locator('[data-figure=terms] .value')
    await within.getByText(/^\d+$/).waitFor()
    const chart = page.locator('[data-chart=terms]')
    await chart.getByRole('button', { name: /table/ }).click()
    const row = chart.locator('tbody tr').filter({ has: page.locator('td', { hasText: /[1-9]/ }) })
    const count = number(await row.last().locator('td').innerText())
    const month = await row.last().getByRole('link').innerText()
    await row.last().getByRole('link').click()
    await page.waitForURL(/month=/)
    await page.getByRole('heading', { name: 'Ending:' }).waitFor()
    const named = page.locator('.endings li')
    assert.equal(await named.count(), count)
    const first = await named.first().getByRole('link').getAttribute('href')
    const organisation = await context.request.get(`/api/v1${first}`)
    assert.equal(organisation.status(), 200)
    const { elected } = await organisation.json()
    assert.equal(elected.slice(5, 7), month.slice(5, 7), 'a term ends in the month of its election')
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('follows what happens', async () => {
    const { page, context, complaints } = await wall()
    await page.goto('/cockpit')
    const figure = page.locator('[data-figure=activities] .value')
    await figure.getByText(/^[\d,]+$/).waitFor()
    const before = number(await figure.innerText())
    const children = await context.request.get(`/api/v1/organisations/${top}/children`)
    const { organisation } = (await children.json()).items[0]
    const made = await context.request.post(`/api/v1/organisations/${organisation}/activities`, {
      headers: { 'X-CSRF-Token': csrf },
      data: {
        kind: 'theme_day',
        held_on: day(),
        topic: 'Seen on the wall',
      },
    })
    assert.equal(made.status(), 201, await made.text())
    await page.waitForFunction(
      ([selector, count]) =>
        document.querySelector(String(selector))?.textContent?.replaceAll(/\D/g, '') === count,
      ['[data-figure=activities] .value', String(before + 1)],
    )
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('one screen on the wall, one column in the hand', async () => {
    for (const viewport of [WALL, NARROW]) {
      const { page, context, complaints } = await wall({ viewport })
      for (const view of ['overview', 'structure', 'lights', 'work']) {
        await page.goto(`/cockpit?view=${view}`)
        await page.locator('canvas').first().waitFor()
        assert.equal(await overflow(page), 0, view)
        const height = await page.evaluate(() => document.documentElement.scrollHeight)
        if (viewport === WALL) assert.equal(height, WALL.height, view)
      }
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })
})

describe('the wall screen', () => {
  /** @param {import('playwright-core').Page} page */
  function view(page) {
    return new URL(page.url()).searchParams.get('view') ?? 'overview'
  }

  test('goes from view to view, is held by a key, and is left by another', async () => {
    const { page, context, complaints } = await wall()
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await page.clock.install()
    await page.goto('/cockpit')
    await page.getByRole('button', { name: 'Wall screen' }).click()
    await page.waitForURL(/kiosk=on/)
    await page.getByRole('button', { name: 'Hold this view' }).waitFor()
    await page.clock.fastForward(STEP_MS + 10)
    await page.waitForURL(/view=structure/)
    await page.clock.fastForward(STEP_MS + 10)
    await page.waitForURL(/view=lights/)
    // Held: time goes by and nothing moves; arrows still do.
    await page.locator('h1').click()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Go on' }).waitFor()
    await page.clock.fastForward(3 * STEP_MS)
    assert.equal(view(page), 'lights')
    await page.keyboard.press('ArrowRight')
    await page.waitForURL(/view=work/)
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Hold this view' }).waitFor()
    await page.clock.fastForward(STEP_MS + 10)
    await page.waitForURL(/view=overview/)
    assert.deepEqual(await violations(page), [])
    await page.keyboard.press('Escape')
    await page.waitForURL((url) => !url.searchParams.has('kiosk'))
    await page.getByRole('button', { name: 'Wall screen' }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('stands still where less motion is asked for, until it is told to go on', async () => {
    const { page, context, complaints } = await wall()
    await page.clock.install()
    await page.goto('/cockpit?kiosk=on')
    const go = page.getByRole('button', { name: 'Go on' })
    await go.waitFor()
    await page.clock.fastForward(3 * STEP_MS)
    assert.equal(view(page), 'overview')
    await go.click()
    await page.getByRole('button', { name: 'Hold this view' }).waitFor()
    await page.clock.fastForward(STEP_MS + 10)
    await page.waitForURL(/view=structure/)
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('the map', () => {
  test('is there where boundaries were named; each area leads to its lights', async () => {
    const look = await wall()
    const below = await look.context.request.get(`/api/v1/organisations/${top}/children?limit=4`)
    const children = (await below.json()).items
    assert.equal(children.length, 4)
    await look.page.goto('/cockpit')
    await look.page.getByRole('heading', { level: 1 }).waitFor()
    assert.equal(await look.page.getByRole('link', { name: 'Map', exact: true }).count(), 0)
    await look.context.close()

    const features = children.map((/** @type {any} */ child, /** @type {number} */ at) => ({
      type: 'Feature',
      properties: { code: child.code, name: child.name },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [110 + at, 30],
            [111 + at, 30],
            [111 + at, 31],
            [110 + at, 31],
            [110 + at, 30],
          ],
        ],
      },
    }))
    const file = path.join(server.folder, 'boundary.json')
    writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }))
    await server.stop()
    await server.start(0, ['--boundary', file])

    const { page, context, complaints } = await wall()
    await page.goto('/cockpit?view=map')
    await page.getByRole('img', { name: /Lights by area: 4 areas/ }).waitFor()
    assert.deepEqual(await violations(page), [])
    await picture(page, 'map')
    await page.locator('[data-chart=map]').getByRole('button').click()
    const rows = page.locator('[data-chart=map] tbody tr')
    assert.equal(await rows.count(), 4)
    const link = rows.first().getByRole('link')
    const red = Number(await rows.first().locator('td').first().innerText())
    const yellow = Number(await rows.first().locator('td').nth(1).innerText())
    const href = (await link.getAttribute('href')) ?? ''
    assert.equal(await rowsBehind(context, href), red + yellow)
    await link.click()
    await page.waitForURL(/\/lights\?at=\d+/)
    assert.deepEqual(complaints, [])
    await context.close()
  })
})
