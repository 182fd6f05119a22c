// A member's first page: where their own transfer stands, whose turn it is, the letter; nothing before
// one runs, nothing once it is over, and nothing of it for anybody else.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { NARROW, overflow, violations } from './browser.mjs'
import { BRANCH, day, Office, OTHER, STREET } from './office.mjs'
import { picture } from './pictures.mjs'

/** @type {import('./browser.mjs').Look[]} */
const LOOKS = [{}, { language: 'en', theme: 'dark', viewport: NARROW }]
const office = new Office()
/** @type {{person: string, name: string, number: string}[]} */
let members = []
let branch = ''
let id = ''

before(async () => {
  await office.open([
    ['branch', 'organisation_member', BRANCH],
    ['signer', 'secretary', BRANCH],
    ['street', 'organisation_member', STREET],
    ['other', 'organisation_member', OTHER],
  ])
  branch = (await office.place('branch')).organisation
  members = await office.members('branch', branch)
  const [mover, other] = members
  assert.ok(mover && other, 'the branch has two members')
  await office.addMembers({ mover: mover.number, neighbour: other.number })
})
after(() => office.close())

/**
 * The part of one's first page that tells of one's own cases.
 * @param {import('playwright-core').Page} page
 * @param {import('./browser.mjs').Look} look
 */
const own = (page, look) =>
  page.getByRole('region', { name: look.language === 'en' ? 'My own procedures' : '我正在办理的' })

/**
 * Whether the first page of somebody tells of a case of their own.
 * @param {string} login
 */
async function tells(login) {
  const { page, context } = await office.as(login)
  const asked = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/own-cases'))
  await page.goto('/')
  await asked
  await page.waitForLoadState('networkidle')
  const found = await own(page, {}).count()
  await context.close()
  return found > 0
}

describe('the first page of a member', () => {
  test('tells of nothing where nothing runs', async () => {
    assert.equal(await tells('mover'), false)
  })

  test('tells where one’s own transfer stands, and the letter', async () => {
    const receiving = (await office.place('other')).organisation
    ;({ id } = await office.begin('branch', branch, {
      process: 'transfer',
      person: members[0]?.person,
    }))
    const terms = { receiving_committee: receiving, transfer_reason: 'work', valid_for: 60 }
    await office.through(id, [
      ['branch', 'fill', terms],
      ['signer', 'sign', { signed_on: day() }],
      ['street', 'issue', { issued_on: day() }],
    ])
    for (const look of LOOKS) {
      const { page, context, complaints } = await office.as('mover', look)
      const zh = look.language !== 'en'
      await page.goto('/')
      const part = own(page, look)
      const name = zh ? '组织关系转接' : 'Transfer of membership'
      await part.getByRole('heading', { name }).waitFor()
      await part.getByText(zh ? '转入党委接收' : 'The receiving committee accepts').waitFor()
      await part.getByText(zh ? '介绍信编号' : 'Letter of introduction').waitFor()
      assert.deepEqual(await violations(page), [])
      assert.equal(await overflow(page), 0)
      await picture(page, 'own', look)
      if (zh) {
        await part.getByRole('link', { name: '查看介绍信是否有效' }).click()
        await page.getByText('这封介绍信真实、有效').waitFor()
      }
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })

  test('tells nobody else of it', async () => {
    assert.equal(await tells('neighbour'), false)
  })

  test('tells of it no more once it is taken back', async () => {
    await office.call('street', 'post', `/api/v1/cases/${id}/messages`, {
      name: 'transfer.withdraw',
    })
    assert.equal(await tells('mover'), false)
  })
})
