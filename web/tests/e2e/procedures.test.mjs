// Procedures: a transfer of membership from the member's page to the verified letter, by all who have
// a part in it; verbs with their reasons; many tasks at once; processes and their versions.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { dress, NARROW, overflow, smallestText, smallTargets, violations } from './browser.mjs'
import { BRANCH, day, Office, OTHER, STREET, toast } from './office.mjs'
import { picture } from './pictures.mjs'

const office = new Office()
/** Of the branch, its members, and the other committee. */
const known = { branch: '', other: '', otherName: '', members: /** @type {any[]} */ ([]) }

/**
 * A window of somebody's own, in English.
 * @param {string} login
 * @param {import('./browser.mjs').Look} [look]
 */
const as = (login, look = { language: 'en' }) => office.as(login, look)

/**
 * What the API answers in English, all being well.
 * @param {string} login
 * @param {'get' | 'post'} method
 * @param {string} path
 * @param {unknown} [data]
 */
const call = (login, method, path, data) =>
  office.call(login, method, path, data, { 'Accept-Language': 'en' })

/**
 * @param {string} login
 * @param {string} task
 * @param {Record<string, unknown>} [variables]
 */
function approve(login, task, variables) {
  const data = { verb: 'approve', ...(variables && { variables }) }
  return call(login, 'post', `/api/v1/tasks/${task}/actions`, data)
}

/**
 * A transfer of a member, begun; answers its first task.
 * @param {number} member
 */
async function begun(member) {
  const data = { process: 'transfer', person: known.members[member].person }
  const case_ = await call('branch', 'post', `/api/v1/organisations/${known.branch}/cases`, data)
  return { id: case_.case_id, task: case_.opened[0] }
}

/** @param {string} task */
async function filled(task) {
  const variables = { receiving_committee: known.other, transfer_reason: 'work' }
  return (await approve('branch', task, variables)).opened[0]
}

/** A process of two steps, both of the branch's secretary; `name` is of the first. */
function paper(name = '过目', role = 'secretary') {
  const head =
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:jishi="urn:jishi:process" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" targetNamespace="urn:t">'
  const nodes = `<startEvent id="s"/><userTask id="look" name="${name}" jishi:en="Have a look" jishi:role="${role}" jishi:at="organisation"/><endEvent id="e"/>`
  const flows =
    '<sequenceFlow id="f1" sourceRef="s" targetRef="look"/><sequenceFlow id="f2" sourceRef="look" targetRef="e"/>'
  const shape = (/** @type {string} */ id, /** @type {number} */ x, /** @type {number} */ width) =>
    `<bpmndi:BPMNShape id="${id}_shape" bpmnElement="${id}"><dc:Bounds x="${x}" y="100" width="${width}" height="${width === 36 ? 36 : 80}"/></bpmndi:BPMNShape>`
  const drawn = `<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="pl" bpmnElement="paper">${shape('s', 100, 36)}${shape('look', 200, 100)}${shape('e', 400, 36)}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`
  return `${head}<process id="paper" name="传阅" jishi:en="Circulation" isExecutable="true">${nodes}${flows}</process>${drawn}</definitions>`
}

/** @param {string} xml */
function deploy(xml) {
  return call('system', 'post', '/api/v1/process-definitions', { xml, files: [] })
}

before(async () => {
  await office.open([
    ['chief', 'secretary'],
    ['branch', 'organisation_member', BRANCH],
    ['signer', 'secretary', BRANCH],
    ['street', 'organisation_member', STREET],
    ['head', 'secretary', STREET],
    ['other', 'organisation_member', OTHER],
    ['system', 'system_admin'],
  ])
  known.branch = (await office.place('branch')).organisation
  const other = await office.place('other')
  known.other = other.organisation
  known.otherName = other.name
  known.members = await office.members('branch', known.branch)
  await deploy(paper())
})
after(() => office.close())

describe('a transfer of membership', () => {
  let id = ''

  test('is begun from the member’s page; what is missing is said at its field', async () => {
    const { page, context, complaints } = await as('branch')
    const [member] = known.members
    await page.goto(`/persons/${member.person}`)
    await page.getByRole('link', { name: 'Begin a procedure' }).click()
    await page.getByRole('radio', { name: /Transfer of membership/ }).check()
    await page.getByRole('heading', { name: 'First step: Fill in the letter' }).waitFor()
    await page.getByLabel('Receiving committee').waitFor()
    await page.getByRole('button', { name: 'Begin and submit' }).click()
    await page.getByText('Please fill this in').first().waitFor()
    assert.deepEqual(await violations(page), [])
    // A committee that this branch does not otherwise see is found by its name.
    await page.getByLabel('Receiving committee').fill(known.otherName.slice(-8))
    await page.getByRole('option', { name: known.otherName }).click()
    await page.getByLabel('Reason', { exact: true }).selectOption({ label: 'Work' })
    await page.getByLabel('Valid for days').fill('60')
    // What is typed outlives reading the page anew.
    await page.reload()
    await page.getByLabel('Valid for days').and(page.locator('[aria-valuenow="60"]')).waitFor()
    await page.getByRole('button', { name: 'Begin and submit' }).click()
    await toast(page, 'The case is begun').waitFor()
    await page.getByText('Stands at: The secretary of the branch signs').waitFor()
    await page.getByText('This task lies before somebody else').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is signed by the secretary, from the first page on', async () => {
    const { page, context, complaints } = await as('signer')
    await page.goto('/')
    const tasks = page.getByRole('region', { name: 'My tasks' })
    await tasks.getByRole('link', { name: 'The secretary of the branch signs' }).click()
    await page
      .getByRole('heading', { name: 'Your step: The secretary of the branch signs' })
      .waitFor()
    await page.locator('#act').getByLabel(/on$/i).first().fill(day())
    await page.getByRole('button', { name: 'Approve' }).click()
    await toast(page, 'is done').waitFor()
    await page.getByText('Stands at: The committee issues the letter').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is issued by the committee; its letter is printed and verified by anybody', async () => {
    const { page, context, complaints } = await as('street')
    await page.goto('/tasks')
    await page.getByRole('link', { name: 'The committee issues the letter' }).click()
    await page.locator('#act').getByLabel(/on$/i).first().fill(day())
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('Stands at: The receiving committee accepts').waitFor()
    await page.getByRole('link', { name: 'The letter, to print' }).click()
    await page.locator('svg.qr').waitFor()
    await page.getByText(known.otherName).first().waitFor()
    assert.deepEqual(await violations(page), [])
    id = /cases\/(\d+)/.exec(page.url())?.[1] ?? ''
    const code = (await page.locator('.verify .mono').innerText()).replaceAll(' ', '')

    const anybody = await as('')
    await anybody.page.goto(`/letters/${code}`)
    await anybody.page.getByText('genuine and valid').waitFor()
    const told = await anybody.page.locator('main').innerText()
    assert.ok(!told.includes(known.members[0].name), 'the page tells no name')
    assert.deepEqual(await violations(anybody.page), [])
    await anybody.page.getByLabel('Code').fill('0123')
    await anybody.page.getByRole('button', { name: 'Verify' }).click()
    await anybody.page.getByText('The code has 32 signs').waitFor()
    await anybody.page.getByLabel('Code').fill('0'.repeat(32))
    await anybody.page.keyboard.press('Enter')
    await anybody.page.getByText('No letter has this code').waitFor()
    assert.deepEqual(anybody.complaints, [])
    await anybody.context.close()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('shows its drawing with the place marked, under the strict policy', async () => {
    const { page, context, complaints } = await as('street')
    await page.goto(`/cases/${id}`)
    await page.getByRole('button', { name: 'Show the diagram' }).click()
    await page.locator('.drawing .at').first().waitFor()
    assert.equal(await page.locator('.drawing [data-element-id="accept"].at').count(), 1)
    await page.getByRole('button', { name: 'Whole diagram' }).click()
    await page.getByRole('button', { name: 'Zoom in' }).click()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('is accepted, by whoever sees nothing of the sender but the task', async () => {
    const { page, context, complaints } = await as('other', { language: 'en', viewport: NARROW })
    await page.goto('/tasks')
    await page.getByRole('link', { name: 'The receiving committee accepts' }).click()
    await page.getByLabel(/^On/).fill(day())
    await page.getByRole('button', { name: 'Accept', exact: true }).click()
    await page.getByRole('heading', { name: 'Your step: Put into a branch' }).waitFor()
    assert.equal(await overflow(page), 0)
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('a transfer across the border of this system', () => {
  const OUTSIDE = '外省某市委组织部'

  test('goes out by a letter that names the receiver, and ends with the receipt stub', async () => {
    const { task } = await begun(13)
    const filling = await as('branch')
    await filling.page.goto(`/tasks/${task}`)
    await filling.page.getByLabel('Receiving organisation outside of this system').fill(OUTSIDE)
    await filling.page.getByLabel('Reason', { exact: true }).selectOption({ label: 'Work' })
    await filling.page.getByRole('button', { name: 'Submit' }).click()
    await filling.page.getByText('Stands at: The secretary of the branch signs').waitFor()
    assert.deepEqual(filling.complaints, [])
    await filling.context.close()
    const { items } = await call('signer', 'get', '/api/v1/tasks')
    const sign = items.find((/** @type {any} */ one) => one.person === known.members[13].person)
    const signed = await approve('signer', sign.task, { signed_on: day() })
    const issued = await approve('street', signed.opened[0], { issued_on: day() })

    const { page, context, complaints } = await as('street')
    await page.goto(`/tasks/${issued.opened[0]}`)
    await page
      .getByRole('heading', { name: 'Your step: The receipt stub from outside has come' })
      .waitFor()
    await page.getByRole('link', { name: 'The letter, to print' }).click()
    await page.locator('svg.qr').waitFor()
    await page.getByText(OUTSIDE).first().waitFor()
    await page.goBack()
    await page.getByLabel('Accepted (returned) on').fill(day())
    await page.getByRole('button', { name: 'The stub has come' }).click()
    await page.getByText('Please fill this in').first().waitFor()
    await page.getByLabel('Received by').fill(`${OUTSIDE} 周`)
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: 'The stub has come' }).click()
    await page.locator('h1').getByText('Completed').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('comes in by a letter that is entered; one that has expired is refused with the clause', async () => {
    const street = (await call('street', 'get', '/api/v1/organisations')).items[0].organisation
    const { page, context, complaints } = await as('street')
    await page.goto(`/cases/new?organisation=${street}&process=transfer_in`)
    await page.getByLabel('Number of the letter').fill('外2026-0042')
    await page.getByLabel('Organisation that issued it').fill(OUTSIDE)
    const old = day(-40)
    await page.getByLabel('Issued on').fill(old)
    await page.getByLabel('Valid for days').fill('30')
    await page.getByLabel('Name', { exact: true }).fill('罗新来')
    await page.getByLabel('Citizen id').fill('990101198803070051')
    await page.getByRole('radio', { name: 'Probationary member' }).check()
    await page.getByLabel('Joined on').fill('2025-12-01')
    await page.getByRole('button', { name: 'Begin and submit' }).click()
    await page.getByText('The letter has expired').first().waitFor()
    await page.getByLabel('Issued on').fill(day())
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.getByText('Stands at: Check and accept').waitFor()
    assert.deepEqual(await violations(page), [])
    const listed = `/api/v1/organisations/${street}/cases?process=transfer_in`
    const { case_id: id } = (await call('street', 'get', listed)).items[0]
    const [waits] = (await call('street', 'get', `/api/v1/cases/${id}`)).tasks
    const accepted = await approve('head', waits.task, { accepted_on: day() })
    const into = { receiving_branch: known.branch }
    const assigned = await approve('street', accepted.opened[0], into)
    const joined = await approve('branch', assigned.opened[0], { joined_branch_on: day() })
    await page.goto(`/tasks/${joined.opened[0]}`)
    await page.getByRole('link', { name: 'Print the receipt' }).click()
    await page.getByText(`To: ${OUTSIDE}`).waitFor()
    await page.getByText('The membership of Comrade 罗新来 was received here').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('what is done with a task', () => {
  test('is taken back, goes back with a reason, and urged once a day', async () => {
    const { id, task } = await begun(1)
    await filled(task)
    const filling = await as('branch')
    await filling.page.goto(`/tasks/${task}`)
    await filling.page.getByRole('button', { name: 'Take back' }).click()
    const back = filling.page.getByRole('dialog', { name: 'Take back' })
    await back.getByLabel('Reason').fill('The other committee was meant')
    await back.getByRole('button', { name: 'Take back' }).click()
    await toast(filling.page, 'Taken back').waitFor()
    assert.deepEqual(filling.complaints, [])
    await filling.context.close()

    const again = await call('branch', 'get', `/api/v1/cases/${id}`)
    const sign = await filled(again.tasks[0].task)
    const { page, context, complaints } = await as('signer')
    await page.goto(`/tasks/${sign}`)
    await page.getByRole('button', { name: 'Other ways' }).click()
    await page.getByRole('menuitem', { name: 'Send back' }).click()
    const dialog = page.getByRole('dialog', { name: 'Send back' })
    await dialog.getByRole('button', { name: 'Send back' }).click()
    await dialog.getByText('Please say why').waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByLabel('Reason').fill('The dues are not paid up')
    await dialog.getByRole('button', { name: 'Send back' }).click()
    await toast(page, 'Sent back').waitFor()
    await page.getByText('Reason: The dues are not paid up').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Take back' }).count(), 0)
    assert.deepEqual(complaints, [])
    await context.close()

    const whole = await call('branch', 'get', `/api/v1/cases/${id}`)
    const asked = await filled(whole.tasks[0].task)
    const other = await as('branch')
    await other.page.goto(`/tasks/${asked}`)
    await other.page.getByRole('button', { name: 'Urge' }).click()
    const urge = other.page.getByRole('dialog', { name: 'Urge' })
    await urge.getByRole('button', { name: 'Urge' }).click()
    await toast(other.page, 'Urged').waitFor()
    // What would be refused, a second time on a day, is not offered.
    await other.page.getByRole('button', { name: 'Urge' }).waitFor({ state: 'detached' })
    assert.deepEqual(other.complaints, [])
    await other.context.close()
  })

  test('a case is suspended, goes on, and ends, by whoever manages it', async () => {
    const { id, task } = await begun(2)
    const { page, context, complaints } = await as('chief')
    await page.goto(`/cases/${id}`)
    for (const [verb, state] of [
      ['Suspend the case', 'Suspended'],
      ['Resume the case', 'Running'],
      ['End the case', 'Ended'],
    ]) {
      await page.getByRole('button', { name: 'More', exact: true }).click()
      await page.getByRole('menuitem', { name: verb ?? '', exact: true }).click()
      const dialog = page.getByRole('dialog', { name: verb ?? '', exact: true })
      await dialog.getByLabel('Reason').fill('Moved abroad')
      await dialog.getByRole('button', { name: verb ?? '', exact: true }).click()
      await page
        .locator('h1')
        .getByText(state ?? '')
        .waitFor()
    }
    assert.deepEqual(complaints, [])
    await context.close()
    const branch = await as('branch')
    await branch.page.goto(`/tasks/${task}`)
    await branch.page.getByText('no longer to be done').waitFor()
    await branch.context.close()
  })

  test('a check that does not pass says why, at the same step again', async () => {
    const { task } = await begun(3)
    const street = (await call('street', 'get', '/api/v1/organisations')).items[0].organisation
    const variables = { receiving_committee: street, transfer_reason: 'work' }
    const again = (await approve('branch', task, variables)).opened[0]
    const { page, context } = await as('branch')
    await page.goto(`/tasks/${again}`)
    await page.getByText('The check did not pass').waitFor()
    await context.close()
  })

  test('a task of another organisation is not there', async () => {
    const { id, task } = await begun(4)
    const { page, context } = await as('other')
    for (const address of [`/tasks/${task}`, `/cases/${id}`, '/tasks/12']) {
      await page.goto(address)
      await page.getByRole('heading', { name: 'There is no such case here' }).waitFor()
    }
    assert.deepEqual(await violations(page), [])
    await context.close()
  })
})

/** A page with nothing on it, as a PDF that a reader opens: with the places of its objects. */
function blankPdf() {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>',
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, at) => {
    const place = String(text.length).padStart(10, '0')
    text += `${at + 1} 0 obj\n${object}\nendobj\n`
    return `${place} 00000 n \n`
  })
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`
  const trailer = `trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\n`
  const end = `${trailer}startxref\n${text.length}\n%%EOF\n`
  return Buffer.from(text + table + end)
}

describe('papers of a case', () => {
  const PAPER = 'Stub of the letter' // 介绍信存根
  const NAME = '介绍信存根（一）.pdf'
  const file = (/** @type {string} */ name, /** @type {Buffer} */ buffer) => ({
    name,
    mimeType: 'application/pdf',
    buffer,
  })
  let id = ''

  test('are put on file, or refused with the reason, and fetched as they were', async () => {
    const case_ = await begun(15)
    id = case_.id
    const { page, context, complaints } = await as('branch')
    await page.goto(`/tasks/${case_.task}`)
    const papers = page.getByRole('region', { name: 'Papers on file' })
    await papers.getByText('Of the steps so far: 0 on file, 1 missing').waitFor()
    await papers.getByRole('button', { name: `Add files of “${PAPER}”` }).press('Enter')
    const field = papers.getByLabel(`Choose the files of “${PAPER}”`)
    await field.and(page.locator(':focus')).waitFor()
    await papers.getByText('up to 20 MB each').waitFor()
    // One that is none of the kinds goes no further; of the others each gets its own answer.
    await field.setInputFiles(file('notes.txt', Buffer.from('notes')))
    await papers.getByText('notes.txt: This kind is not put on file').waitFor()
    const text = file('letter.pdf', Buffer.from('only a text'))
    await field.setInputFiles([text, file('empty.pdf', Buffer.alloc(0)), file(NAME, blankPdf())])
    await papers.getByText('The content of “letter.pdf” is not of a kind').waitFor()
    await papers.getByText('empty.pdf: The file is empty').waitFor()
    await toast(page, NAME).waitFor()
    await papers.getByText('Of the steps so far: 1 on file, 0 missing').waitFor()
    assert.deepEqual(await violations(page), [])
    await papers.getByRole('button', { name: 'Close' }).click()
    await papers.getByRole('alert').waitFor({ state: 'detached' })

    const coming = page.waitForEvent('download')
    await papers.getByRole('link', { name: NAME }).click()
    const fetched = await coming
    assert.equal(fetched.suggestedFilename(), NAME)
    assert.deepEqual(readFileSync(await fetched.path()), blankPdf())
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('are read by whoever reads the case, who adds and removes nothing', async () => {
    const { page, context, complaints } = await as('street')
    await page.goto(`/cases/${id}`)
    const papers = page.getByRole('region', { name: 'Papers on file' })
    await papers.getByRole('link', { name: NAME }).waitFor()
    assert.equal(await papers.getByRole('button').count(), 0)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('are removed by whoever put them there, once that is confirmed', async () => {
    const { page, context, complaints } = await as('branch')
    await page.goto(`/cases/${id}`)
    const papers = page.getByRole('region', { name: 'Papers on file' })
    await papers.getByRole('button', { name: `Remove “${NAME}”` }).click()
    const dialog = page.getByRole('dialog', { name: `Remove “${NAME}”` })
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await toast(page, `“${NAME}” is removed`).waitFor()
    await papers.getByText('Of the steps so far: 0 on file, 1 missing').waitFor()
    await papers.getByRole('link', { name: NAME }).waitFor({ state: 'detached' })
    assert.deepEqual(complaints, [])
    await context.close()
  })
})

describe('many tasks', () => {
  test('are approved at once, by keyboard; each gets its answer', async () => {
    const cases = `/api/v1/organisations/${known.branch}/cases`
    for (let count = 0; count < 3; count += 1)
      await call('signer', 'post', cases, { process: 'paper' })
    await filled((await begun(5)).task)
    const { page, context, complaints } = await as('signer')
    await page.goto('/tasks')
    await page.getByRole('link', { name: 'Have a look' }).nth(2).waitFor()
    const all = await page.getByRole('checkbox', { name: /^Tick “/ }).count()
    await page.getByLabel('Tick all that are listed').focus()
    await page.keyboard.press('Space')
    await page.getByText(`${all} ticked`).waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: 'Approve them' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Approve them' }).focus()
    await page.keyboard.press('Enter')
    // The three without a form are done; what has one to fill in says so.
    await page.getByText(`3 done, ${all - 3} refused`).waitFor()
    await page
      .getByRole('link', { name: /^Number/ })
      .first()
      .waitFor()
    await page.getByRole('link', { name: 'Have a look' }).first().waitFor({ state: 'detached' })
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: 'Close' }).last().click()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('are none: said, with what will come', async () => {
    const { page, context } = await as('system')
    await page.goto('/tasks')
    await page.getByRole('heading', { name: 'Nothing waits for you' }).waitFor()
    assert.deepEqual(await violations(page), [])
    await context.close()
  })
})

describe('processes', () => {
  test('are compared by element, and drawn', async () => {
    const before = await deploy(paper('过目'))
    await deploy(paper('细看'))
    const { page, context, complaints } = await as('system')
    await page.goto('/processes')
    await page.getByRole('link', { name: 'Circulation' }).click()
    await page.locator('.drawing [data-element-id="look"]').waitFor()
    await page.getByLabel('With which').selectOption(before.id)
    await page.getByText('Elements that differ: 1').waitFor()
    await page.getByText('name: 过目').waitFor()
    await page.getByText('name: 细看').waitFor()
    await page.locator('.drawing [data-element-id="look"].fresh').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('are refused by element, and deployed once all is well', async () => {
    const { page, context, complaints } = await as('system')
    await page.goto('/processes/deploy')
    const file = (/** @type {string} */ xml) => ({
      name: 'paper.bpmn',
      mimeType: 'application/xml',
      buffer: Buffer.from(xml),
    })
    await page.locator('input[type=file]').setInputFiles(file(paper('再看', 'emperor')))
    await page.getByText('To be mended before it can be deployed: 1').waitFor()
    await page.locator('.drawing [data-element-id="look"].wrong').waitFor()
    await page.getByRole('button', { name: 'Have a look' }).click()
    await page.locator('.drawing [data-element-id="look"].selected').waitFor()
    assert.ok(await page.getByRole('button', { name: 'Deploy', exact: true }).isDisabled())
    assert.deepEqual(await violations(page), [])
    // Put right on the board.
    await page.getByLabel('Role').selectOption('secretary')
    await page.getByText(/All is well: this would be version \d+ of paper/).waitFor()
    await page.getByRole('button', { name: 'Deploy', exact: true }).click()
    await toast(page, 'is deployed').waitFor()
    await page.getByRole('heading', { name: 'Circulation' }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
    const read = await call('system', 'get', '/api/v1/process-definitions?process=paper')
    const latest = await call('system', 'get', `/api/v1/process-definitions/${read.items[0].id}`)
    assert.equal(latest.tasks[0].role, 'secretary')
  })
})

/**
 * Another process of the same kind, so that its versions are counted from one.
 * @param {string} name of its step
 * @param {string} [step] its id
 */
function memo(name, step = 'look') {
  const file = paper(name).replaceAll('"paper"', '"memo"').replace('Circulation', 'Memo')
  return file.replaceAll('"look"', `"${step}"`)
}

/** A case of it, by its latest version. */
async function memoBegun() {
  const cases = `/api/v1/organisations/${known.branch}/cases`
  return (await call('signer', 'post', cases, { process: 'memo' })).case_id
}

describe('cases of an older version', () => {
  let id = ''
  const version = async () => (await call('signer', 'get', `/api/v1/cases/${id}`)).head

  test('go over to the latest after a dry run, by keyboard', async () => {
    await deploy(memo('过目'))
    id = await memoBegun()
    await deploy(memo('细看'))
    const { page, context, complaints } = await as('chief', { language: 'zh' })
    await page.goto('/processes/memo')
    await page.getByRole('link', { name: '换用最新版' }).click()
    await page.getByLabel('选中所列各项').focus()
    await page.keyboard.press('Space')
    await page.getByText('已选 1 项').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: '试算' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: '试算：换到第 2 版' })
    await dialog.getByText('可以换 1 件，不能换 0 件').waitFor()
    await dialog.getByText('仍停在“过目”，这一版里叫“细看”').waitFor()
    assert.deepEqual(await violations(page), [])
    // Tried only: nothing has gone over.
    assert.equal((await version()).version_number, 1)
    await dialog.getByLabel('理由').fill('改了步骤的名称')
    await dialog.getByRole('button', { name: '换用（1 件）' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('已有 1 件换到第 2 版；0 件没有换').waitFor()
    await page.getByRole('heading', { name: '没有可以换的流程' }).waitFor()
    assert.deepEqual(await violations(page), [])
    assert.equal((await version()).version_number, 2)
    await page.getByRole('button', { name: '知道了' }).click()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('stay where their step is gone, and are told why', async () => {
    const first = id
    id = await memoBegun()
    await deploy(memo('读', 'read'))
    const { page, context, complaints } = await as('signer')
    await page.goto(`/cases/${first}`)
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Use another version' }).click()
    await page.getByText('1 ticked').waitFor()
    await page.getByRole('button', { name: 'Dry run' }).click()
    const refused = page.getByRole('dialog', { name: 'Dry run: over to version 3' })
    await refused.getByText('0 can go over, 1 cannot').waitFor()
    await refused.getByText('stands at “Have a look”, which the version does not have').waitFor()
    assert.ok(await refused.getByRole('button', { name: 'Go over (0)' }).isDisabled())
    assert.deepEqual(await violations(page), [])
    await refused.getByRole('button', { name: 'Cancel' }).click()
    assert.equal((await version()).version_number, 2)
    // Neither does one of the latest go back to where its step was not yet.
    id = await memoBegun()
    await page.getByLabel('Go over to').selectOption({ label: 'Version 2' })
    await page.locator('.migrate li').getByText('Version 3').waitFor()
    await page.getByLabel('Tick all that are listed').check()
    await page.getByRole('button', { name: 'Dry run' }).click()
    const back = page.getByRole('dialog', { name: 'Dry run: over to version 2' })
    await back.getByText('0 can go over, 1 cannot').waitFor()
    await page.keyboard.press('Escape')
    assert.equal((await version()).version_number, 3)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('are not to be seen by whoever only looks after the program', async () => {
    const { page, context } = await as('system')
    await page.goto('/processes/memo')
    await page.getByRole('link', { name: 'Change this version' }).waitFor()
    assert.equal(await page.locator('a[href*="/migrate"]').count(), 0)
    await page.goto('/processes/memo/migrate')
    await page.locator('h1').waitFor()
    assert.equal(await page.locator('.migrate').count(), 0)
    await context.close()
  })
})

describe('periods and standards of processes', () => {
  test('are set within their bounds, hold below, and are taken back', async () => {
    const { page, context, complaints } = await as('chief')
    await page.goto('/')
    await page.getByRole('link', { name: 'Periods and standards' }).click()
    const line = (/** @type {import('playwright-core').Page} */ on) =>
      on.locator('li').filter({ hasText: 'Within what the receipt comes back' })
    await line(page).getByText('from the pack').waitFor()
    await line(page)
      .getByRole('button', { name: /^Change/ })
      .focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Within what the receipt comes back' })
    await dialog.getByLabel('New value').fill('4')
    await dialog.getByLabel('Unit').selectOption('M')
    await dialog.getByText('Not within the bounds').waitFor()
    assert.ok(await dialog.getByRole('button', { name: 'Save' }).isDisabled())
    assert.deepEqual(await violations(page), [])
    await dialog.getByLabel('New value').fill('2')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await toast(page, 'Changed').waitFor()
    await line(page).getByText('set here').waitFor()
    await line(page).getByText('2 mo', { exact: true }).waitFor()
    assert.deepEqual(await violations(page), [])

    const below = await as('signer')
    await below.page.goto('/process-settings')
    await line(below.page).getByText('set by').waitFor()
    await line(below.page).getByText('2 mo', { exact: true }).waitFor()
    assert.deepEqual(below.complaints, [])
    await below.context.close()

    await line(page)
      .getByRole('button', { name: /^Take back/ })
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click()
    await line(page).getByText('from the pack').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('may be read, and not changed, by whoever does not manage cases', async () => {
    const { page, context } = await as('branch')
    await page.goto('/process-settings')
    await page.getByText('from the pack').first().waitFor()
    assert.equal(await page.getByRole('button', { name: /^Change/ }).count(), 0)
    await context.close()
  })
})

/** @type {{name: string, path: () => Promise<string> | string, login: string, ready: string}[]} */
const PAGES = [
  { name: 'tasks', login: 'branch', path: () => '/tasks', ready: '.task' },
  { name: 'cases', login: 'chief', path: () => '/cases', ready: '.boxed-list li' },
  {
    name: 'start-procedure',
    login: 'branch',
    path: () =>
      `/cases/new?organisation=${known.branch}&person=${known.members[7].person}&process=transfer`,
    ready: '#start .field',
  },
  {
    name: 'task',
    login: 'branch',
    path: async () => `/tasks/${(await begun(8)).task}`,
    ready: '#act .field',
  },
  { name: 'processes', login: 'system', path: () => '/processes', ready: '.boxed-list li' },
  {
    name: 'process',
    login: 'system',
    path: () => '/processes/transfer',
    ready: '.drawing [data-element-id="accept"]',
  },
  {
    name: 'migrate',
    login: 'chief',
    path: async () => {
      await deploy(memo('过目'))
      await memoBegun()
      await deploy(memo('批阅', 'sign'))
      return '/processes/memo/migrate'
    },
    ready: '.migrate li',
  },
  { name: 'settings', login: 'chief', path: () => '/process-settings', ready: '.settings li' },
  { name: 'deploy', login: 'system', path: () => '/processes/deploy', ready: '.drop' },
  { name: 'verify-letter', login: '', path: () => '/letters', ready: 'form' },
]
/** @type {[string, import('./browser.mjs').Look][]} */
const LOOKS = [
  ['zh, light', {}],
  ['zh, narrow', { viewport: NARROW }],
  ['en, dark', { language: 'en', theme: 'dark' }],
  ['zh, narrow, large', { elder: true, viewport: NARROW }],
]

describe('pages of procedures', () => {
  for (const one of PAGES) {
    test(`${one.name} is accessible, at both widths, in both languages`, async () => {
      const path = await one.path()
      const { page, context, complaints } = await as(one.login, {})
      for (const [name, look] of LOOKS) {
        await dress(page, look)
        await page.goto(path)
        await page.locator(one.ready).first().waitFor()
        assert.deepEqual(await violations(page), [], name)
        assert.equal(await overflow(page), 0, name)
        if (look.elder) {
          const least = await smallestText(page)
          assert.ok(least.size >= 24 || one.name === 'process', JSON.stringify(least))
          if (one.name !== 'process') assert.deepEqual(await smallTargets(page, 60), [], name)
        }
        assert.deepEqual(complaints, [], name)
        await picture(page, one.name, look)
      }
      await context.close()
    })
  }
})
