// Organisations: the tree, the page of one, what is done with them and taken back, and who finds
// nothing.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { NARROW, openBrowser, openPage, overflow, violations } from './browser.mjs'
import { day, toast } from './office.mjs'
import { PASSWORD, Server } from './server.mjs'

const server = new Server('web')
/** @type {import('playwright-core').Browser} */
let browser
/**
 * The top of the city, two committees below it, a branch below each, and one beside the first.
 * @type {Record<string, {organisation: string, name: string, code: string}>}
 */
const places = {}

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

/** @param {string} link */
async function choosePassword(link) {
  const { page, context } = await openPage(browser, server.address)
  const data = { token: link.split('/').at(-1), password: PASSWORD }
  const entered = await page.request.post(`${server.address}/api/v1/sessions/by-link`, { data })
  assert.equal(entered.status(), 201, `${link} ${await entered.text()}`)
  await context.close()
}

async function findPlaces() {
  const { context } = await signedIn('chief')
  /** @param {string} path */
  const read = async (path) => (await (await context.request.get(path)).json()).items
  /** @param {string} organisation */
  const below = (organisation) => read(`/api/v1/organisations/${organisation}/children?limit=200`)
  places.city = (await read('/api/v1/organisations'))[0]
  const committees = (await below(places.city?.organisation ?? '')).filter(
    (/** @type {any} */ one) => Number(one.children) > 0,
  )
  for (const committee of committees) {
    const branches = await below(committee.organisation)
    const [leaf, sibling] = branches.filter((/** @type {any} */ one) => one.children === '0')
    if (!places.east && leaf && sibling)
      Object.assign(places, { east: committee, ninth: leaf, sibling })
    else if (leaf) Object.assign(places, { west: committee, tenth: leaf })
    if (places.east && places.west) break
  }
  assert.ok(places.ninth && places.tenth, 'the city has two committees with branches')
  await context.close()
}

before(async () => {
  server.fill()
  const chief = server.account('chief', 'secretary')
  server.account('clerk', 'data_clerk') // alone, chief would be sent a link of the first start
  await server.start()
  browser = await openBrowser()
  await choosePassword(chief)
  await findPlaces()
  await server.stop()
  // The top of a structure is above everybody's scope: only at the command line is it placed.
  const top = { organisation: places.city?.code, parent: 0, structure: 'grid', on: '2019-01-01' }
  server.run('do', 'registry.move_organisation', JSON.stringify(top))
  server.run('user', 'grant', 'chief', 'secretary', places.city?.code ?? '', '--structure', 'grid')
  const neighbour = server.account('neighbour', 'secretary', places.tenth?.code)
  await server.start()
  await choosePassword(neighbour)
})
after(async () => {
  await browser?.close()
  await server.close()
})

/** @param {keyof typeof places} name */
function pageOf(name) {
  return `/organisations/${places[name]?.organisation}`
}

/**
 * A node of the tree by the end of its name: above it stands the rest.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
function node(page, name) {
  return page.getByRole('treeitem').filter({ has: page.locator(`[title="${name}"]`) })
}

/**
 * Opens the chosen node of the tree, by keyboard.
 * @param {import('playwright-core').Page} page
 */
async function openChosen(page) {
  await page.locator('[role=treeitem][aria-selected=true].active').waitFor()
  await page.getByRole('tree').focus()
  await page.keyboard.press('ArrowRight')
}

/**
 * @param {import('playwright-core').Page} page
 * @param {keyof typeof places} to
 */
async function move(page, to) {
  await page.getByRole('button', { name: 'Change' }).click()
  await page.getByRole('menuitem', { name: 'Move' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('New organisation above').fill(places[to]?.code ?? '')
  await page.getByRole('option', { name: places[to]?.name }).click()
  await dialog.getByText(/moves from “.*” to “/).waitFor()
  await dialog.getByText(/members move along/).waitFor()
  return dialog
}

describe('an organisation is moved', () => {
  test('with its consequences shown before, yesterday as it was, and taken back', async () => {
    const { page, context, complaints } = await signedIn('chief', { language: 'en' })
    await page.goto(pageOf('ninth'))
    await page.getByRole('heading', { name: places.ninth?.name }).waitFor()
    assert.match(await page.title(), new RegExp(`^${places.ninth?.name} · `))
    const dialog = await move(page, 'west')
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: 'Move' }).click()
    await toast(page, 'Moved').waitFor()
    const line = page.getByRole('navigation', { name: 'Where this stands' })
    await line.locator(`a[href*="${places.west?.organisation}"]`).waitFor()

    const yesterday = day(-1)
    await page.goto(`/organisations?at=${places.west?.organisation}&on=${yesterday}`)
    await page.getByText('This is how it stood on').waitFor()
    await openChosen(page)
    await node(page, places.tenth?.name ?? '').waitFor()
    assert.equal(await node(page, places.ninth?.name ?? '').count(), 0)
    await page.getByRole('button', { name: 'Back to today' }).click()
    await page.getByText('This is how it stood on').waitFor({ state: 'detached' })
    assert.equal(new URL(page.url()).searchParams.has('on'), false)
    await openChosen(page)
    await node(page, places.ninth?.name ?? '').waitFor()

    await page.goto(`${pageOf('ninth')}?tab=history`)
    await page.getByText('What you did and can take back').waitFor()
    const told = page.locator('.timeline .turn')
    await told
      .filter({ hasText: `From “${places.east?.name}” to “${places.west?.name}”` })
      .waitFor()
    // The head stands as it stood on the day before.
    await page.goto(`${pageOf('ninth')}?on=${yesterday}`)
    await page.getByRole('button', { name: 'Back to today' }).waitFor()
    await line.locator(`a[href*="${places.east?.organisation}"]`).waitFor()
    await page.goto(`${pageOf('ninth')}?tab=history`)
    await page.locator('.deeds').getByRole('button', { name: 'Undo' }).click()
    await toast(page, 'Taken back').waitFor()
    await line.locator(`a[href*="${places.east?.organisation}"]`).waitFor()
    await page.getByText('What you did and can take back').waitFor({ state: 'detached' })
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('and is back at once by the toast; what was typed outlives a reload', async () => {
    const { page, context } = await signedIn('chief', { language: 'en' })
    await page.goto(`${pageOf('ninth')}?do=rename`)
    await page.getByLabel('New name').fill('A name that is tried')
    await page.getByText('becomes “A name that is tried”').waitFor()
    await page.reload()
    assert.equal(await page.getByLabel('New name').inputValue(), 'A name that is tried')
    await page.getByText('becomes “A name that is tried”').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
    await page.getByRole('heading', { name: 'A name that is tried', level: 1 }).waitFor()
    const box = await toast(page, 'Renamed').boundingBox()
    assert.ok(box && box.y + box.height <= 900, 'the way back is in sight')
    await toast(page, 'Renamed').getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('heading', { name: places.ninth?.name, level: 1 }).waitFor()
    await context.close()
  })

  test('and from the line of its history, by whoever may, in any browser', async () => {
    const { page, context, complaints } = await signedIn('chief', { language: 'en' })
    const { csrf } = await (await context.request.get('/api/v1/session')).json()
    const address = `/api/v1/organisations/${places.ninth?.organisation}/names`
    const data = { name: 'Renamed elsewhere' }
    const headers = { 'X-CSRF-Token': csrf }
    const renamed = await context.request.post(address, { headers, data })
    assert.equal(renamed.status(), 200, await renamed.text())
    await page.goto(`${pageOf('ninth')}?tab=history`)
    await page.getByRole('heading', { name: 'Renamed elsewhere', level: 1 }).waitFor()
    assert.equal(await page.locator('.deeds').count(), 0)
    await page.locator('.timeline').getByRole('button', { name: 'Undo' }).first().click()
    await toast(page, 'Taken back').waitFor()
    await page.getByRole('heading', { name: places.ninth?.name, level: 1 }).waitFor()

    // The record, and what its fields held before.
    await page.getByRole('tab', { name: 'Record' }).click()
    await page.getByText('Unified social credit code').waitFor()
    await page.getByRole('heading', { name: 'What fields held before' }).waitFor()
    await page.getByText('Renamed elsewhere').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('but not below itself, and the server says why', async () => {
    const { page, context } = await signedIn('chief', { language: 'en' })
    await page.goto(`${pageOf('east')}?do=move`)
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('New organisation above').fill(places.ninth?.code ?? '')
    await page.getByRole('option', { name: places.ninth?.name }).click()
    await dialog.getByRole('alert').waitFor()
    assert.ok(await dialog.getByRole('button', { name: 'Move' }).isDisabled())
    await context.close()
  })
})

describe('what an organisation has on record', () => {
  test('is corrected in its place; the second of two is told and sees both', async () => {
    const one = await signedIn('chief', { language: 'en' })
    const two = await signedIn('chief', { language: 'en' })
    for (const { page } of [one, two]) {
      await page.goto(pageOf('sibling'))
      await page.getByRole('button', { name: 'Correct the record' }).click()
      await page.getByRole('textbox', { name: /^Unit/ }).waitFor()
    }
    await one.page.getByRole('textbox', { name: /^Unit/ }).fill('The first unit')
    await one.page.getByLabel('Years of a term').fill('5')
    assert.deepEqual(await violations(one.page), [])
    await one.page.getByRole('button', { name: 'Save', exact: true }).click()
    await toast(one.page, 'The record is corrected').waitFor()
    await one.page.locator('.head').getByText('The first unit').waitFor()

    await two.page.getByRole('textbox', { name: /^Unit/ }).fill('The second unit')
    await two.page.getByRole('button', { name: 'Save', exact: true }).click()
    await two.page.getByText('On record now: The first unit').waitFor()
    assert.equal(
      await two.page.getByRole('textbox', { name: /^Unit/ }).inputValue(),
      'The second unit',
    )
    assert.equal(await two.page.getByLabel('Years of a term').inputValue(), '5')
    await two.page.getByRole('button', { name: 'Save mine' }).click()
    await one.page.locator('.head').getByText('The second unit').waitFor()

    // What is no such code is refused at its field and stays.
    await one.page.getByRole('button', { name: 'Correct the record' }).click()
    await one.page.getByLabel('Unified social credit code').fill('123')
    await one.page.getByRole('button', { name: 'Save', exact: true }).click()
    await one.page.locator('.record [aria-invalid=true]').waitFor()
    await one.page.reload()
    const code = one.page.getByLabel('Unified social credit code')
    await code.waitFor()
    assert.equal(await code.inputValue(), '123')
    for (const { context } of [one, two]) await context.close()
  })
})

describe('a second structure', () => {
  test('has its own tree, and its organisations are founded and moved in it', async () => {
    const { page, context, complaints } = await signedIn('chief', { language: 'en' })
    const me = await (await context.request.get('/api/v1/session')).json()
    const headers = { 'X-CSRF-Token': me.csrf }
    const city = `/api/v1/organisations/${places.city?.organisation}`
    const made = await context.request.post(`${city}/children`, {
      headers,
      data: { name: 'First grid', kind: 'grid', code: 'G1', structure: 'grid' },
    })
    assert.equal(made.status(), 201, await made.text())
    const grid = (await made.json()).organisations[0].organisation
    const moves = `/api/v1/organisations/${places.sibling?.organisation}/moves`
    const moved = await context.request.post(moves, {
      headers,
      data: { parent: grid, structure: 'grid' },
    })
    assert.equal(moved.status(), 200, await moved.text())

    await page.goto('/organisations')
    await page.getByLabel('Structure').selectOption('grid')
    await page.waitForURL(/structure=grid/)
    await page.goto(`/organisations?structure=grid&at=${grid}`)
    await openChosen(page)
    await node(page, places.sibling?.name ?? '').waitFor()
    assert.equal(await node(page, places.east?.name ?? '').count(), 0)
    await page.goto(`${pageOf('sibling')}?structure=grid`)
    const line = page.getByRole('navigation', { name: 'Where this stands' })
    await line.locator(`a[href*="${grid}"]`).waitFor()
    await page.goto(pageOf('sibling'))
    await line.locator(`a[href*="${places.east?.organisation}"]`).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('the structure', () => {
  test('gets a new organisation, which is taken back', async () => {
    const { page, context } = await signedIn('chief', { language: 'en' })
    await page.goto(`/organisations?at=${places.east?.organisation}`)
    await page.getByRole('button', { name: 'Change' }).click()
    await page.getByRole('menuitem', { name: 'Create one below' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Branch of the newcomers')
    await page.getByText('“Branch of the newcomers” is founded').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Create one below' }).click()
    await openChosen(page)
    await node(page, 'Branch of the newcomers').waitFor()
    await toast(page, 'Founded').getByRole('button', { name: 'Undo' }).click()
    await node(page, 'Branch of the newcomers').waitFor({ state: 'detached' })
    await context.close()
  })

  test('is split and merged again', async () => {
    const { page, context } = await signedIn('chief', { language: 'en' })
    await page.goto(`${pageOf('ninth')}?do=split`)
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('临湖另一半支部')
    const first = dialog.getByRole('checkbox').first()
    await first.check()
    await dialog.getByText('1 members go to “临湖另一半支部”').waitFor()
    await dialog.getByRole('button', { name: 'Split' }).click()
    await toast(page, 'Split').waitFor()
    await page.goto(`/organisations?at=${places.east?.organisation}`)
    await openChosen(page)
    await node(page, '临湖另一半支部').waitFor()
    await page.goto(`${pageOf('ninth')}?tab=history`)
    await page.locator('.deeds').getByRole('button', { name: 'Undo' }).click()
    await toast(page, 'Taken back').waitFor()
    await page.goto(`/organisations?q=${encodeURIComponent('临湖另一半支部')}`)
    await page.getByText('Ended', { exact: true }).waitFor()
    await context.close()
  })

  test('is merged, and taken apart again', async () => {
    const { page, context } = await signedIn('chief', { language: 'en' })
    const { name = '', code = '' } = places.sibling ?? {}
    await page.goto(`${pageOf('ninth')}?do=merge`)
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Organisations to merge in').fill(code)
    await page.getByRole('option', { name }).click()
    await dialog.getByText(`“${name}” ends`).waitFor()
    await dialog.getByText(/\d+ members go to/).waitFor()
    assert.deepEqual(await violations(page), [])
    const before = await page.locator('[role=tab]').first().textContent()
    /** @param {string | null} text */
    const isOther = (text) => document.querySelector('[role=tab]')?.textContent !== text
    await dialog.getByRole('button', { name: 'Merge' }).click()
    await toast(page, 'Merged').waitFor()
    await page.waitForFunction(isOther, before)
    await toast(page, 'Merged').getByRole('button', { name: 'Undo' }).click()
    await toast(page, 'Taken back').waitFor()
    await page
      .locator('[role=tab]')
      .filter({ hasText: before ?? '' })
      .waitFor()
    await page.goto(`/organisations?at=${places.east?.organisation}`)
    await page.getByRole('heading', { name: places.east?.name }).waitFor()
    await openChosen(page)
    await node(page, name).waitFor()
    await context.close()
  })

  test('keeps an organisation with members, and says what to do first', async () => {
    const { page, context } = await signedIn('chief', { language: 'en' })
    await page.goto(`${pageOf('ninth')}?do=abolish`)
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('alert').getByText('members').waitFor()
    assert.ok(await dialog.getByRole('button', { name: 'Abolish' }).isDisabled())
    assert.deepEqual(await violations(page), [])
    await context.close()
  })
})

describe('the tree', () => {
  test('is walked by keyboard alone, and Back leads to where one was', async () => {
    const { page, context, complaints } = await signedIn('chief', { language: 'en' })
    await page.goto('/organisations')
    await node(page, places.east?.name ?? '').waitFor()
    const tree = page.getByRole('tree')
    const inTree = () => tree.evaluate((element) => element === document.activeElement)
    for (let presses = 0; presses < 40 && !(await inTree()); presses += 1)
      await page.keyboard.press('Tab')
    assert.ok(await inTree(), 'the tree is reached by Tab')
    const active = () =>
      tree.evaluate((element) => {
        const id = element.getAttribute('aria-activedescendant') ?? ''
        return document.getElementById(id)?.querySelector('[title]')?.getAttribute('title')
      })
    for (let presses = 0; presses < 60 && (await active()) !== places.east?.name; presses += 1)
      await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    await node(page, places.ninth?.name ?? '').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: places.east?.name }).waitFor()
    assert.equal(new URL(page.url()).searchParams.get('at'), places.east?.organisation)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: places.east?.name, level: 1 }).waitFor()
    await page.goBack()
    await node(page, places.east?.name ?? '').waitFor()
    await page.getByRole('heading', { name: places.east?.name, level: 2 }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is searched by code, shown in place, and kept in the address', async () => {
    const { page, context } = await signedIn('chief', { language: 'en' })
    await page.goto('/organisations')
    await page.getByLabel('Find an organisation').fill(places.tenth?.code ?? '')
    await page.getByRole('link', { name: places.tenth?.name }).waitFor()
    await page.waitForURL(/q=/)
    await page.reload()
    await page.getByRole('button', { name: 'Show in the tree' }).first().click()
    const found = node(page, places.tenth?.name ?? '')
    await found.waitFor()
    assert.equal(await found.getAttribute('aria-selected'), 'true')
    await page.getByLabel('Find an organisation').fill('no such place at all')
    await page.getByText('Nothing found for').waitFor()
    assert.deepEqual(await violations(page), [])
    await context.close()
  })

  test('fits a phone', async () => {
    const { page, context } = await signedIn('chief', { viewport: NARROW })
    await page.goto(`/organisations?at=${places.east?.organisation}`)
    await page.getByRole('heading', { name: places.east?.name }).waitFor()
    assert.equal(await overflow(page), 0)
    await page.getByRole('button', { name: '打开组织页面' }).click()
    await page.getByRole('heading', { name: places.east?.name, level: 1 }).waitFor()
    assert.equal(await overflow(page), 0)
    await context.close()
  })
})

describe('the page of an organisation', () => {
  const TABS = /** @type {const} */ ([
    ['members', 'tbody tr'],
    ['below', 'tbody tr'],
    ['posts', 'tbody tr'],
    ['activities', 'tbody tr'],
    ['lights', 'table'],
    ['charts', 'canvas'],
    ['record', 'dl'],
    ['history', '.timeline li'],
  ])
  /** @type {[string, import('./browser.mjs').Look][]} */
  const LOOKS = [
    ['zh, light', {}],
    ['en, narrow, dark', { language: 'en', theme: 'dark', viewport: NARROW }],
  ]
  for (const [name, look] of LOOKS)
    test(`is accessible on every tab: ${name}`, async () => {
      const { page, context, complaints } = await signedIn('chief', look)
      await page.goto(pageOf('east'))
      for (const [index, [tab, ready]] of TABS.entries()) {
        await page.getByRole('tab').nth(index).click()
        await page.locator(`[role=tabpanel] ${ready}`).first().waitFor()
        assert.match(page.url(), index === 0 ? /organisations\/\d+$/ : new RegExp(`tab=${tab}`))
        assert.deepEqual(await violations(page), [], tab)
        assert.equal(await overflow(page), 0, tab)
      }
      assert.deepEqual(complaints, [])
      await context.close()
    })

  test('has its charts as tables, too', async () => {
    const { page, context } = await signedIn('chief', { language: 'en' })
    await page.goto(`${pageOf('city')}?tab=charts`)
    await page.getByRole('button', { name: /^As a table: Sex/ }).click()
    const region = page.getByRole('region', { name: 'Sex' })
    const members = await region.locator('tbody td:nth-child(2)').allInnerTexts()
    const sum = members.reduce((all, one) => all + Number(one.replaceAll(',', '')), 0)
    const head = await page.getByRole('tab', { name: /^Members/ }).innerText()
    assert.equal(sum, Number(head.replaceAll(/\D/g, '')))
    await context.close()
  })

  test('finds activities by a word, marks it, and takes them along as a file', async () => {
    const { page, context } = await signedIn('chief', { language: 'en' })
    await page.goto(`${pageOf('city')}?tab=activities`)
    await page.locator('tbody tr').first().waitFor()
    await page.getByLabel('Find by topic or place').fill('会议室')
    await page.locator('tbody mark').first().waitFor()
    await page.waitForURL(/q=/)
    await page.getByRole('button', { name: 'Export' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Text (csv)').click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Export' }).click(),
    ])
    const stream = await download.createReadStream()
    let text = ''
    for await (const part of stream) text += part
    const lines = text.trim().split('\n').slice(1)
    assert.ok(lines.length > 0)
    assert.ok(lines.every((line) => line.includes('会议室')))
    await context.close()
  })

  test('tells kindly that there is nothing, to whom it is none of their business', async () => {
    const { page, context, complaints } = await signedIn('neighbour', { language: 'en' })
    await page.goto(pageOf('tenth'))
    await page.getByRole('heading', { name: places.tenth?.name, level: 1 }).waitFor()
    for (const path of [pageOf('ninth'), '/organisations/1', `${pageOf('ninth')}?tab=history`]) {
      await page.goto(path)
      await page.getByRole('heading', { name: 'There is no such organisation' }).waitFor()
      assert.deepEqual(await violations(page), [])
      assert.equal(await page.getByText(places.ninth?.name ?? '').count(), 0)
    }
    await page.goto('/organisations')
    await page.getByRole('treeitem').first().waitFor()
    assert.equal(await page.getByRole('treeitem').count(), 1)
    await page.getByLabel('Find an organisation').fill(places.ninth?.code ?? '')
    await page.getByText('Nothing found for').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('the search of the frame', () => {
  test('jumps to an organisation and to a page, from anywhere', async () => {
    const { page, context } = await signedIn('chief', { language: 'en' })
    await page.goto('/')
    await page.locator('main h1').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type(places.tenth?.code ?? '')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: places.tenth?.name, level: 1 }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('Organisations')
    await page.getByRole('option', { name: 'Organisations', exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('tree').waitFor()
    await context.close()
  })
})
