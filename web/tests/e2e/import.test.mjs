// A messy workbook comes in: what is wrong is seen, two cells are corrected, it is imported, looked
// at again later and taken back. And what goes on in the background, and lists as files.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { NARROW, openBrowser, openPage, overflow, violations } from './browser.mjs'
import { PASSWORD, Server } from './server.mjs'

const MESSY = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '../../../tests/fixtures/messy',
)
const server = new Server('web')
/** @type {import('playwright-core').Browser} */
let browser
let branch = ''
let organisation = ''

/** @param {string} login @param {import('./browser.mjs').Look} [look] */
async function signedIn(login, look) {
  const opened = await openPage(browser, server.address, look)
  const answer = await opened.context.request.post('/api/v1/sessions', {
    data: { login, password: PASSWORD },
  })
  assert.equal(answer.status(), 201, await answer.text())
  return opened
}

before(async () => {
  server.fill()
  const links = [server.account('chief', 'secretary'), server.account('deputy', 'deputy_secretary')]
  await server.start()
  browser = await openBrowser()
  for (const link of links) {
    const { page, context } = await openPage(browser, server.address)
    const data = { token: link.split('/').at(-1), password: PASSWORD }
    const address = `${server.address}/api/v1/sessions/by-link`
    assert.equal((await page.request.post(address, { data })).status(), 201)
    await context.close()
  }
  const { context } = await signedIn('chief')
  const places = await (await context.request.get('/api/v1/organisations')).json()
  organisation = places.items[0].organisation
  const found = await (await context.request.get('/api/v1/search?q=支部')).json()
  branch = found.organisations[0].code
  await context.close()
})
after(async () => {
  await browser?.close()
  await server.close()
})

/** @param {import('playwright-core').Page} page @param {string} name */
async function figure(page, name) {
  const label = page.locator('.figures .label').getByText(name, { exact: true })
  return Number(await label.locator('..').locator('.value').innerText())
}

/** Chooses files and has them checked; resolves when the result is there.
 * @param {import('playwright-core').Page} page @param {any} files */
async function check(page, files) {
  await page.goto('/imports')
  await page.locator('input[type=file]').setInputFiles(files)
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await page.waitForURL(/\/imports\/\d+/)
  await page.getByText('Checked, not kept').waitFor()
}

/** The cell of a row in the grid of a sheet.
 * @param {import('playwright-core').Page} page @param {string} header @param {number} row */
const cell = (page, header, row) =>
  page
    .locator('.grid-cell input')
    .and(page.locator(`[aria-label^="${header}"]`))
    .and(page.locator(`[aria-label*=", ${row}"]`))
    .first()

describe('an import', () => {
  test('of a messy workbook: two cells corrected, imported, undone', async () => {
    const { page, context, complaints } = await signedIn('chief', { language: 'en' })
    await check(page, path.join(MESSY, 'members.xlsx'))
    const refused = await figure(page, 'Refused')
    assert.ok(refused > 100, `${refused}`)
    assert.equal(await figure(page, 'To be accepted'), 0)
    assert.ok(await page.getByRole('button', { name: 'Import 0 rows' }).isDisabled())
    await page.getByRole('button', { name: /^Organisation not found/ }).click()
    await page.waitForURL(/code=organisation_missing/)
    assert.deepEqual(await violations(page), [])

    // The branches of rows 4 and 6 are written anew; Enter leads down the column.
    const first = cell(page, '所在支部', 4)
    await first.fill(branch)
    await first.press('Enter')
    await page.getByText('Cells corrected: 1').waitFor()
    await cell(page, '所在支部', 6).fill(branch)
    await page.keyboard.press('Tab')
    await page.getByText('Cells corrected: 2').waitFor()

    // Left and come back to, nothing is lost.
    const address = page.url()
    await page.getByRole('link', { name: 'Import', exact: true }).first().click()
    await page.getByRole('heading', { name: 'Imports so far' }).waitFor()
    await page.goto(address)
    await page.getByText('Cells corrected: 2').waitFor()
    assert.equal(await cell(page, '所在支部', 4).inputValue(), branch)

    await page.getByRole('button', { name: 'Check again' }).click()
    await page.getByRole('button', { name: 'Import 2 rows' }).click()
    await page.locator('header .badge').getByText('Imported').waitFor()
    assert.equal(await figure(page, 'Accepted'), 2)
    assert.equal(await figure(page, 'Refused'), refused - 2)

    await page.getByRole('button', { name: 'Undo this import' }).click()
    const dialog = page.getByRole('dialog', { name: 'Undo this import?' })
    await dialog.getByRole('button', { name: 'Undo this import' }).click()
    await page
      .locator('.toast')
      .getByText(/Undone: 0 organisations, 2 members/)
      .waitFor()
    await page.locator('header .badge').getByText('Undone').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('goes on with the refused rows later, and takes a true oddity for a reason', async () => {
    const { page, context, complaints } = await signedIn('chief', { language: 'en' })
    const text = [
      '姓名,性别,出生日期,人员类别,组织代码,入党日期,转正日期',
      `甲早入,男,1950-05-01,正式党员,${branch},1967-07-01,1968-07-01`,
      `乙错码,女,1980-05-01,正式党员,NOWHERE,2001-07-01,2002-07-01`,
      `丙无误,女,1981-05-01,正式党员,${branch},2001-07-01,2002-07-01`,
    ].join('\n')
    await check(page, { name: 'later.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.getByRole('button', { name: 'Import 1 rows' }).click()
    await page.locator('header .badge').getByText('Imported').waitFor()
    const address = page.url()
    await context.close()

    // Another browser, which keeps nothing of it.
    const later = await signedIn('chief', { language: 'en' })
    await later.page.goto(address)
    await later.page.getByRole('button', { name: 'Accept with a reason' }).click()
    const dialog = later.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Accept with a reason' }).click()
    await dialog.getByText('Say why.').waitFor()
    await dialog.getByLabel('Reason').fill('The original file says so')
    await dialog.getByRole('button', { name: 'Accept with a reason' }).click()
    await later.page.locator('.toast').getByText('Row 2 is accepted').waitFor()
    // What is refused again stays, and says why now; corrected, it goes.
    const wrong = cell(later.page, '组织代码', 3)
    await wrong.fill('NOT_THERE_EITHER')
    await later.page.keyboard.press('Tab')
    await later.page.getByRole('button', { name: 'Import corrected rows' }).click()
    await later.page.getByText('“NOT_THERE_EITHER”').waitFor()
    await cell(later.page, '组织代码', 3).fill(branch)
    await later.page.keyboard.press('Tab')
    await later.page.getByRole('button', { name: 'Import corrected rows' }).click()
    await later.page.getByText('All refused rows are dealt with.').waitFor()
    await later.page.reload()
    await later.page.getByText('All refused rows are dealt with.').waitFor()
    assert.deepEqual(await violations(later.page), [])
    assert.deepEqual([...complaints, ...later.complaints], [])
    await later.context.close()
  })

  test('reads a column as a person says', async () => {
    const { page, context } = await signedIn('chief', { language: 'en' })
    const text = `党员大名,性别,出生日期,人员类别,组织代码,入党日期\n丁改列,男,1980-05-01,正式党员,${branch},2001-07-01\n`
    await check(page, { name: 'columns.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.getByText('Lacks required columns: 姓名').waitFor()
    await page.getByRole('button', { name: 'Columns' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/^党员大名/).selectOption('姓名')
    await dialog.getByText('Lacks required columns').waitFor({ state: 'detached' })
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: 'Check again' }).click()
    await page.getByRole('button', { name: 'Import 1 rows' }).waitFor()
    await context.close()
  })

  test('of a file that is no workbook is refused kindly, before or after it was sent', async () => {
    const { page, context } = await signedIn('chief', { language: 'en', viewport: NARROW })
    await page.goto('/imports')
    const input = page.locator('input[type=file]')
    await input.setInputFiles({
      name: 'photo.png',
      mimeType: 'image/png',
      buffer: Buffer.from('x'),
    })
    await page.getByText('These are no workbooks and were left out: photo.png').waitFor()
    await input.setInputFiles({ name: 'none.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) })
    await page.getByText('“none.csv” is empty').waitFor()
    await page.getByRole('button', { name: 'Leave out none.csv' }).click()
    await input.setInputFiles({
      name: 'broken.xlsx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('PK\x03\x04 and no more of a workbook'),
    })
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await page.getByText('Nothing was kept. Mend the file').waitFor()
    assert.equal(await overflow(page), 0)
    assert.deepEqual(await violations(page), [])
    await page.getByRole('link', { name: 'Choose files again' }).click()
    await page.getByText('Failed').first().waitFor()
    await context.close()
  })

  test('asks for the files again where the browser kept none', async () => {
    const { page, context } = await signedIn('chief', { language: 'en' })
    await check(page, path.join(MESSY, 'posts.csv'))
    const address = page.url()
    await context.close()
    const other = await signedIn('chief', { language: 'en', viewport: NARROW })
    await other.page.goto(address)
    await other.page.getByText('choose the same files again').waitFor()
    assert.equal(await overflow(other.page), 0)
    assert.equal(await other.page.locator('.grid-cell').count(), 0)
    await other.page.locator('input[type=file]').setInputFiles(path.join(MESSY, 'posts.csv'))
    await other.page.locator('.grid-cell').first().waitFor()
    await other.context.close()
  })

  test('is not offered to who may not, and gives templates that it reads', async () => {
    const deputy = await signedIn('deputy', { language: 'en' })
    await deputy.page.goto('/')
    await deputy.page.getByRole('link', { name: 'Background work' }).waitFor()
    assert.equal(await deputy.page.getByRole('link', { name: 'Import', exact: true }).count(), 0)
    await deputy.context.close()

    const { page, context } = await signedIn('chief', { language: 'en' })
    await page.goto('/imports')
    await page.getByRole('button', { name: 'Templates' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Members' }).click()
    const file = await (await download).path()
    const buffer = readFileSync(file)
    await check(page, { name: 'template.xlsx', mimeType: 'application/octet-stream', buffer })
    assert.equal(await page.getByText('Not recognised').count(), 0)
    await page.getByRole('rowheader', { name: /template\.xlsx/ }).waitFor()
    await context.close()
  })
})

describe('work in the background', () => {
  test('is listed with what came of it, and an export can be fetched', async () => {
    const { page, context, complaints } = await signedIn('chief', { language: 'en' })
    const { csrf } = await (await context.request.get('/api/v1/session')).json()
    const asked = await context.request.post('/api/v1/exports', {
      headers: { 'X-CSRF-Token': csrf },
      data: { list: `/api/v1/organisations/${organisation}/members?sex=female`, format: 'csv' },
    })
    assert.equal(asked.status(), 202, await asked.text())
    await page.goto('/jobs')
    await page.getByText('Import of workbooks').first().waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: /^Download the file \(\d+ rows\)/ }).click()
    const file = await (await download).path()
    assert.ok(readFileSync(file, 'utf8').split('\r\n').length > 100)
    assert.deepEqual(await violations(page), [])
    await page.getByLabel('Show').selectOption('Going on')
    await page.getByText('No such work').waitFor()
    await page.reload()
    await page.getByText('No such work').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })
})
