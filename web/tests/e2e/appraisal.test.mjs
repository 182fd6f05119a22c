// The democratic appraisal of a year: what is said by word of mouth is entered by whoever keeps the
// record, and a member is told their own grade before they accept it or object.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { NARROW, overflow, violations } from './browser.mjs'
import { BRANCH, day, Office, openTask } from './office.mjs'

const office = new Office()
/** @type {import('./browser.mjs').Look[]} */
const LOOKS = [{}, { language: 'en', theme: 'dark', viewport: NARROW }]
let branch = ''
let id = ''
/** @type {{person: string, name: string, number: string}[]} */
let members = []

before(async () => {
  await office.open([
    ['chief', 'secretary'],
    ['branch', 'organisation_member', BRANCH],
    ['signer', 'secretary', BRANCH],
  ])
  branch = (await office.place('branch')).organisation
  members = await office.members('branch', branch)
  await office.addMembers({ member: members[2]?.number ?? '' })
})
after(() => office.close())

describe('an appraisal', () => {
  test('waits for nobody once all have been heard, by word of mouth as well', async () => {
    ;({ id } = await office.begin('branch', branch, { process: 'appraisal' }))
    const { page, context, complaints } = await office.as('branch')
    await page.goto(`/cases/${id}`)
    await page.getByRole('button', { name: '都已自评' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '都已自评' }).click()
    await page.getByText('现在到：党员互评').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('tells a member their own grade, and the votes on them, before they accept it', async () => {
    const people = members.map(({ person }) => person)
    const all = people.length
    const ballots = people.map((person) => ({
      person,
      excellent: 1,
      qualified: all - 3,
      basic: 2,
      not_qualified: 0,
    }))
    const grades = people.map((person, index) => ({
      person,
      grade: ['excellent', 'qualified', 'basic'][index] ?? 'qualified',
    }))
    const self_recorded = [{ person: people[1], self_notes: '口头自评' }]
    await office.through(id, [
      ['branch', 'mutual', { mutual_on: day(), self_recorded }],
      ['branch', 'ballot', { due: all, present: all, collected: all, ballots }],
      ['signer', 'opinion', { decided_on: day(), grades }],
    ])
    for (const look of LOOKS) {
      const { page, context, complaints } = await office.as('member', look)
      const zh = look.language !== 'en'
      await openTask(page, zh ? '知晓评定结果' : 'Informed of the result')
      const own = page.getByRole('region', { name: zh ? '您的评定等次' : 'Your grade' })
      await own.getByText(zh ? '基本合格' : 'Basically qualified', { exact: true }).waitFor()
      await own
        .getByText(zh ? `合格 ${all - 3} 票、基本合格 2 票` : 'Basically qualified 2')
        .waitFor()
      await page.getByRole('button', { name: zh ? '有意见' : 'I object', exact: true }).waitFor()
      for (const name of [members[0]?.name ?? '', members[1]?.name ?? ''])
        assert.equal(await page.getByText(name).count(), 0, 'nobody else’s')
      assert.deepEqual(await violations(page), [])
      assert.equal(await overflow(page), 0)
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })

  test('keeps grades from those who read its cases, but for the branch’s secretary', async () => {
    for (const [login, sees] of /** @type {const} */ ([
      ['branch', false],
      ['chief', false],
      ['signer', true],
    ])) {
      const { variables, entered } = await office.call(login, 'get', `/api/v1/cases/${id}`)
      assert.equal('grades' in variables, sees, login)
      const fields = entered.flatMap((/** @type {any} */ one) => one.fields)
      const names = fields.map((/** @type {any} */ one) => one.name)
      assert.equal(names.includes('grades'), sees, login)
    }
  })
})
