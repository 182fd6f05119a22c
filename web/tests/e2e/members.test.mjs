// Members and their archives against the real server: a list that keeps its place, numbers that are
// shown for a purpose only, corrections that two people make, archives that are one.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { NARROW, openBrowser, openPage, overflow, violations } from './browser.mjs'
import { toast } from './office.mjs'
import { PASSWORD, Server } from './server.mjs'

const WAIT_MS = 8000 // what is not seen by then does not come
const server = new Server('web')
/** @type {import('playwright-core').Browser} */
let browser
/** @type {{person: string, name: string, number: string, organisation: string,
 *   organisation_code: string}[]} */
let members = []
let home = ''
/** A branch of the demo city, by its code, with a secretary of its own. */
const BRANCH = '099000000058'

before(async () => {
  server.fill()
  const links = [server.account('chief', 'secretary'), server.account('second', 'secretary')]
  links.push(server.account('branch', 'secretary', BRANCH))
  links.push(server.account('clerk', 'data_clerk'))
  await server.start()
  browser = await openBrowser()
  for (const link of links) await choosePassword(link)
  const { context } = await signedIn('chief')
  const places = await (await context.request.get('/api/v1/organisations')).json()
  home = places.items[0].organisation
  const list = await context.request.get(`/api/v1/organisations/${home}/members?limit=200`)
  members = (await list.json()).items
  await context.close()
})
after(async () => {
  await browser?.close()
  await server.close()
})

/** @param {string} link */
async function choosePassword(link) {
  const { page, context } = await openPage(browser, server.address)
  const body = { token: link.split('/').at(-1), password: PASSWORD }
  const entered = await page.request.post('/api/v1/sessions/by-link', { data: body })
  assert.equal(entered.status(), 201)
  await context.close()
}

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
  opened.context.setDefaultTimeout(WAIT_MS)
  return opened
}

/**
 * What a list says of a column.
 * @param {import('playwright-core').Page} page
 * @param {number} column
 */
function cells(page, column) {
  return page.locator(`tbody tr > :nth-child(${column})`).allInnerTexts()
}

describe('the list of members', () => {
  test('is sorted, sifted and turned; back and reload keep the place', async () => {
    const { page, context, complaints } = await signedIn('chief', { language: 'en' })
    await page.goto('/members')
    await page.locator('tbody tr').nth(49).waitFor()
    const first = (await cells(page, 1))[0]

    await page.getByRole('button', { name: 'Born' }).click()
    await page.locator('th[aria-sort=ascending]', { hasText: 'Born' }).waitFor()
    await page.waitForURL(/order=birth/)
    await page.locator('table[aria-busy=false]').waitFor()
    await page.getByLabel('Status').selectOption({ label: 'In good standing' })
    await page.waitForURL(/status=normal/)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('Page 2', { exact: true }).waitFor()
    await page.locator('table[aria-busy=false]').waitFor()
    const second = await cells(page, 1)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('Page 3', { exact: true }).waitFor()
    await page.locator('table[aria-busy=false]').waitFor()
    assert.notDeepEqual(await cells(page, 1), second)
    await page.reload()
    await page.getByText('Page 3', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByText('Page 2', { exact: true }).waitFor()
    await page.locator('table[aria-busy=false]').waitFor()
    assert.deepEqual(await cells(page, 1), second)

    // By keyboard into an archive, and back to the same row.
    const rows = page.locator('tbody tr')
    await rows.first().focus()
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowDown')
    const name = second[3] ?? ''
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    await page.goBack()
    await page.getByText('Page 2', { exact: true }).waitFor()
    await page.locator('tbody tr:focus').waitFor()
    assert.equal(await page.locator('tbody tr:focus > th').innerText(), name)

    await page.goBack()
    await page.goBack()
    await page.goBack()
    await page.goBack()
    await page.goBack()
    await page.locator('th[aria-sort=ascending]', { hasText: 'Name' }).waitFor()
    await page.locator('table[aria-busy=false]').waitFor()
    assert.equal((await cells(page, 1))[0], first)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('finds a name by its beginning, keeps a view, and goes as a file', async () => {
    const { page, context, complaints } = await signedIn('chief')
    const someone = members[7]
    await page.goto('/members')
    await page.locator('tbody tr').first().waitFor()
    await page.getByLabel('姓名、拼音或首字母').fill(someone?.name ?? '')
    await page.waitForURL(/name=/)
    await page.locator('table[aria-busy=false] tbody', { hasText: someone?.name ?? '' }).waitFor()
    await page.getByRole('button', { name: '我的视图' }).click()
    await page.getByRole('menuitem', { name: '保存当前条件为视图' }).click()
    await page.getByLabel('视图名称').fill('老王')
    await page.keyboard.press('Enter')
    await toast(page, '已保存视图“老王”').waitFor()

    await page.getByRole('button', { name: '导出', exact: true }).click()
    const coming = page.waitForEvent('download')
    await page.getByText('文本表格（csv）').click()
    await page.getByRole('dialog').getByRole('button', { name: '导出', exact: true }).click()
    const file = await (await coming).path()
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    assert.equal(lines.length - 1, await page.locator('tbody tr').count())
    assert.equal(lines[0]?.split(',').length, await page.locator('thead th').count())
    assert.match(lines[1] ?? '', new RegExp(`${someone?.name},(男|女),`))

    await page.goto('/members')
    await page.locator('tbody tr').first().waitFor()
    await page.getByRole('button', { name: '我的视图' }).click()
    await page.getByRole('menuitem', { name: '老王' }).click()
    await page.waitForURL(/name=/)
    await page
      .locator('tbody tr', { hasText: someone?.name ?? '?' })
      .first()
      .waitFor()
    assert.equal(await page.getByLabel('姓名、拼音或首字母').inputValue(), someone?.name)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('with numbers in it, it goes for a purpose only', async () => {
    const { page, context, complaints } = await signedIn('chief', { language: 'en' })
    await page.goto('/members?sex=female&born_to=1990-01-01')
    await page.locator('tbody tr').first().waitFor()
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Phone').check()
    await dialog.getByText('This is logged').waitFor()
    assert.deepEqual(await violations(page), [])
    const make = dialog.getByRole('button', { name: 'Export', exact: true })
    await make.click()
    await dialog.getByText('Say what for').waitFor()
    await dialog.getByLabel('Purpose').fill('Checked at the door')
    await dialog.getByText('Text (csv)').click()
    const coming = page.waitForEvent('download')
    await make.click()
    const text = readFileSync(await (await coming).path(), 'utf8')
    const rows = text.trim().split('\n')
    assert.match(rows[0] ?? '', /Phone,Export mark/)
    for (const row of rows.slice(1)) assert.match(row, /,Female,.*,(100\d{8})?,\d+ \d{4}-/)
    assert.match(text, /,100\d{8},/)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('of a day that has passed', async () => {
    const { page, context, complaints } = await signedIn('chief', { viewport: NARROW })
    await page.goto('/members?education=11')
    await page.locator('tbody tr').first().waitFor()
    await page.getByRole('button', { name: /更多条件/ }).click()
    await page.getByLabel('查看某一天的名册').fill('2025-1-1')
    await page.getByRole('button', { name: '显示名单' }).click()
    await page.waitForURL(/on=2025-01-01/)
    await page.getByText('其他条件暂不起作用').waitFor()
    await page.locator('tbody tr').first().waitFor()
    // By its name, of those of that day, sorted by number.
    const name = (await page.locator('tbody th').first().innerText()).trim().slice(0, 1)
    await page.goto(`/members?on=2025-01-01&name=${name}&order=number`)
    await page.locator('tbody th').first().waitFor()
    const named = await page.locator('tbody th').allInnerTexts()
    assert.ok(named.every((one) => one.trim().startsWith(name)))
    const lowest = await page.locator('tbody tr').first().innerText()
    await page.goto(`/members?on=2025-01-01&name=${name}&order=number&descending=true`)
    await page.locator('tbody th').first().waitFor()
    assert.notEqual(await page.locator('tbody tr').first().innerText(), lowest)
    assert.equal(await page.getByText('其他条件暂不起作用').count(), 0)
    assert.equal(await overflow(page), 0)
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: /2025-01-01 的名册/ }).click()
    await page.waitForURL((url) => !url.searchParams.has('on'))
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('an archive', () => {
  test('is where the first page and the search lead', async () => {
    const { page, context, complaints } = await signedIn('chief', { language: 'en' })
    await page.goto('/')
    const light = page.locator('.light').filter({ has: page.locator('a[href^="/persons/"]') })
    const person = light.first().locator('.title a[href^="/persons/"]')
    const name = await person.innerText()
    await person.click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    await page.getByRole('region', { name: 'Lights' }).locator('li').first().waitFor()
    assert.match(await page.title(), new RegExp(`^${name} · `))
    await page.keyboard.press('/')
    await page.keyboard.type(members[5]?.number ?? '')
    await page.getByRole('option', { name: members[5]?.name }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: members[5]?.name, level: 1 }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('shows a number for a purpose, and who has looked', async () => {
    const { page, context, complaints } = await signedIn('chief', { language: 'en' })
    await page.goto(`/persons/${members[0]?.person}`)
    const phone = page.locator('dl > div').filter({ has: page.locator('dt', { hasText: 'Phone' }) })
    await phone.getByText('***').waitFor()
    await page.getByText("Nobody has looked at this person's numbers").waitFor()
    await page.getByRole('button', { name: 'Show the numbers' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: 'Show', exact: true }).click()
    await dialog.getByText('Choose or write what it is for').waitFor()
    await dialog.getByText('Something else').click()
    await dialog.getByLabel('In your own words').fill('x')
    await dialog.getByRole('button', { name: 'Show', exact: true }).click()
    await dialog.locator('p.wrong').waitFor()
    await dialog.getByLabel('In your own words').fill('A visit before the festival')
    await dialog.getByRole('button', { name: 'Show', exact: true }).click()
    await phone.getByText(/^\d{11}$/).waitFor()
    const looks = page.getByRole('region', { name: 'Who has looked' })
    await looks.getByText('For: A visit before the festival').waitFor()
    await looks.getByText('chief').waitFor()
    // What was not asked for stays masked, and on paper all of it is.
    await page.getByText(/^990\*+/).waitFor()
    await page.emulateMedia({ media: 'print' })
    assert.equal(await phone.getByText(/^\d{11}$/).isVisible(), false)
    await page.emulateMedia({ media: 'screen' })
    await page.getByRole('button', { name: 'Mask them again' }).click()
    await phone.getByText(/^\d{11}$/).waitFor({ state: 'detached' })
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('of another branch is not to be found by its address', async () => {
    const other = members.find((one) => one.organisation_code !== BRANCH)
    const { page, context, complaints } = await signedIn('branch')
    await page.goto('/members')
    await page.locator('tbody tr').first().waitFor()
    assert.equal(await page.getByText(other?.number ?? '?').count(), 0)
    await page.goto(`/persons/${other?.person}`)
    await page.getByRole('heading', { name: '没有找到这份档案' }).waitFor()
    assert.equal(await page.getByText(other?.name ?? '?').count(), 0)
    await page.goto(`/members?organisation=${other?.organisation}`)
    await page.getByRole('alert').waitFor()
    assert.equal(await page.locator('tbody tr').count(), 0)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('shows whoever may only read no more than that', async () => {
    const { page, context, complaints } = await signedIn('clerk')
    await page.goto(`/persons/${members[0]?.person}`)
    await page.getByRole('heading', { name: members[0]?.name, level: 1 }).waitFor()
    await page.getByRole('button', { name: '手机号码的来源' }).waitFor()
    for (const act of [/^更正/, '查看完整信息', '与另一份档案合并'])
      assert.equal(await page.getByRole('button', { name: act }).count(), 0)
    assert.equal(await page.getByRole('link', { name: '重复人员核对' }).count(), 0)
    await page.goto('/members')
    await page.locator('tbody tr').first().waitFor()
    await page.getByRole('button', { name: '打印', exact: true }).waitFor()
    assert.equal(await page.getByRole('button', { name: '导出', exact: true }).count(), 0)
    await page.goto('/duplicates')
    await page.getByRole('heading', { name: '您没有查看这个页面的权限' }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is corrected in its place; the old value is shown, and can be put back', async () => {
    const { page, context, complaints } = await signedIn('chief', { language: 'en' })
    await page.goto(`/persons/${members[2]?.person}`)
    await page.getByRole('button', { name: 'Correct: Education' }).click()
    const select = page.getByLabel('Education: the right value')
    const old = await select.inputValue()
    await select.selectOption(old === '11' ? '12' : '11')
    // What was chosen and not saved outlives a reload.
    await page.reload()
    await select.waitFor()
    assert.notEqual(await select.inputValue(), old)
    await page.getByRole('button', { name: 'Save' }).click()
    await toast(page, 'Corrected: Education').waitFor()
    await page.getByText(/^Before: /).waitFor()
    await page.getByRole('button', { name: 'Education: where it comes from' }).click()
    await page.getByRole('dialog').getByText('Corrected by hand').waitFor()
    // Who changed it, when and from where stands below.
    const past = page.getByRole('region', { name: 'What it held before' })
    await past.getByText(/chief · by hand/).waitFor()
    await past.getByText(/^Before: /).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Put it back' }).click()
    await page.getByText(/^Before: /).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Correct: Education' }).click()
    await page.locator('dl form').waitFor()
    assert.equal(await select.inputValue(), old)
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Correct: Phone' }).click()
    await page.getByLabel('Phone: the right value').fill('not a number')
    await page.keyboard.press('Enter')
    await page.locator('dl form .wrong').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('that two correct: the second is told, sees both, and chooses', async () => {
    const address = `/persons/${members[3]?.person}`
    const one = await signedIn('chief', { language: 'en' })
    const two = await signedIn('second', { language: 'en' })
    for (const { page } of [one, two]) {
      await page.goto(address)
      await page.getByRole('button', { name: 'Correct: Name' }).click()
      await page.getByLabel('Name: the right value').waitFor()
    }
    await one.page.getByLabel('Name: the right value').fill('甲方正')
    await two.page.getByLabel('Name: the right value').fill('乙方圆')
    await one.page.getByRole('button', { name: 'Save' }).click()
    await toast(one.page, 'Corrected: Name').waitFor()
    await two.page.getByRole('button', { name: 'Save' }).click()
    await two.page.getByText('somebody else corrected “Name”').waitFor()
    const both = two.page.locator('.meanwhile dl')
    assert.match(await both.innerText(), /甲方正[\s\S]*乙方圆/)
    assert.deepEqual(await violations(two.page), [])
    await two.page.getByRole('button', { name: 'Take mine' }).click()
    await toast(two.page, 'Corrected: Name').waitFor()
    await two.page.getByRole('heading', { name: '乙方圆', level: 1 }).waitFor()
    // And the first sees it without asking.
    await one.page.getByRole('heading', { name: '乙方圆', level: 1 }).waitFor()

    // Neither does a correction that a reload interrupted go over what was done meanwhile.
    await two.page.getByRole('button', { name: 'Correct: Name' }).click()
    await two.page.getByLabel('Name: the right value').fill('丙未存')
    await one.page.getByRole('button', { name: 'Correct: Name' }).click()
    await one.page.getByLabel('Name: the right value').fill('丁已存')
    await one.page.keyboard.press('Enter')
    await one.page.getByRole('heading', { name: '丁已存', level: 1 }).waitFor()
    await two.page.reload()
    await two.page.getByText('somebody else corrected “Name”').waitFor()
    assert.match(await both.innerText(), /丁已存[\s\S]*丙未存/)
    await two.page.getByRole('button', { name: 'Keep what is there' }).click()
    await two.page.locator('dl form').waitFor({ state: 'detached' })
    await two.page.getByRole('heading', { name: '丁已存', level: 1 }).waitFor()
    assert.deepEqual([...one.complaints, ...two.complaints], [])
    await one.context.close()
    await two.context.close()
  })

  test('a session that ends in the middle of a correction loses nothing', async () => {
    const { page, context, complaints } = await signedIn('chief', { language: 'en' })
    await page.goto(`/persons/${members[4]?.person}`)
    await page.getByRole('button', { name: 'Correct: Phone' }).click()
    await page.getByLabel('Phone: the right value').fill('13977770001')
    // Another page and back keeps what was typed.
    await page.getByRole('link', { name: 'Today' }).click()
    await page.getByRole('heading', { name: 'Today' }).waitFor()
    await page.goBack()
    await page.getByLabel('Phone: the right value').waitFor()
    assert.equal(await page.getByLabel('Phone: the right value').inputValue(), '13977770001')
    await context.clearCookies()
    await page.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
    await dialog.getByLabel('Password').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await toast(page, 'Corrected: Phone').waitFor()
    await page.getByText(/^139\*+01$/).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

const TWICE = `人员编号,姓名,性别,出生日期,人员类别,组织代码,入党日期,转正日期
X9D1,欧阳文博,男,1975-05-04,正式党员,CODE,1999-07-01,2000-07-01
X9D2,欧阳文勃,男,1975-05-04,正式党员,CODE,1999-07-01,2000-07-01
`

describe('duplicates', () => {
  test('are searched for, merged after a look, and taken apart', async () => {
    const { page, context, complaints } = await signedIn('chief', { language: 'en' })
    const { csrf } = await (await context.request.get('/api/v1/session')).json()
    const place = await context.request.get(`/api/v1/organisations/${members[0]?.organisation}`)
    const roster = TWICE.replaceAll('CODE', (await place.json()).code)
    const sent = await context.request.post(`/api/v1/organisations/${home}/imports`, {
      headers: { 'X-CSRF-Token': csrf },
      multipart: { files: { name: '党员.csv', mimeType: 'text/csv', buffer: Buffer.from(roster) } },
    })
    assert.equal(sent.status(), 202, await sent.text())
    await page.goto('/members?name=欧阳文')
    // The list hears of the import by itself.
    await page.locator('tbody tr').nth(1).waitFor()

    await page.goto('/duplicates')
    await page.getByRole('button', { name: 'Search through all' }).click()
    await page.getByText('The search is done').waitFor()
    const pair = page.getByRole('listitem').filter({ hasText: '欧阳文勃' })
    await pair.getByText('≠ differs').first().waitFor()
    assert.deepEqual(await violations(page), [])
    await pair.getByRole('button', { name: 'One person: merge' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Memberships afterwards').waitFor()
    await dialog.getByRole('radio').nth(1).check()
    await dialog.getByText('Memberships afterwards').waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByLabel('Why they are one').fill('Confirmed by the person')
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
    await toast(page, 'Merged into one archive').waitFor()
    await pair.waitFor({ state: 'detached' })

    // The address of the one that was dropped leads to the one that stayed.
    const found = await (await context.request.get('/api/v1/search?q=X9D2')).json()
    const keep = found.persons[0].person
    const mergers = await (await context.request.get(`/api/v1/persons/${keep}/mergers`)).json()
    await page.goto(`/persons/${mergers.items[0].dropped}`)
    await toast(page, 'The archive that you opened was merged').waitFor()
    await page.waitForURL(new RegExp(`/persons/${keep}$`))
    await page.getByText('Confirmed by the person').waitFor()
    const differ = page.getByRole('region', { name: 'Sources differ' })
    await differ.getByText('欧阳文博').waitFor()
    assert.deepEqual(await violations(page), [])
    const kept = differ.getByRole('listitem').filter({ hasText: '欧阳文博' })
    await kept.getByRole('button', { name: 'Keep what is there' }).click()
    await kept.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Take apart again' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take apart again' }).click()
    await toast(page, 'Taken apart').waitFor()
    await page.getByText('Confirmed by the person').waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Merge with another archive' }).click()
    await page.getByLabel('Name, pinyin or number of the other archive').fill('X9D1')
    await page.getByRole('option', { name: /X9D1/ }).click()
    await dialog.getByText('Memberships afterwards').waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: 'Cancel' }).click()

    await page.goto('/duplicates')
    await pair.getByRole('button', { name: 'Two persons' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Two persons' }).click()
    await toast(page, 'Kept: they are two').waitFor()
    await pair.waitFor({ state: 'detached' })
    assert.deepEqual(complaints, [])
    await context.close()
  })
})
