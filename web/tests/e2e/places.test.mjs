// The pages that have something to show only once work is under way: in a demo city with running
// procedures, each is opened in both languages and at both widths. And no page is left out: every
// route of the modules is opened here or by one of the suites that are named.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { dress, NARROW, overflow, violations } from './browser.mjs'
import { BRANCH, CITY, Office } from './office.mjs'
import { picture } from './pictures.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const MESSY = path.join(here, '../../../tests/fixtures/messy/members.xlsx')
const MODULES = path.join(here, '../../src/modules')
/** @type {[string, import('./browser.mjs').Look][]} */
const LOOKS = [
  ['zh', {}],
  ['en, narrow, dark', { language: 'en', viewport: NARROW, theme: 'dark' }],
]

const office = new Office()
let branch = ''
let person = ''

before(async () => {
  await office.open([['chief', 'secretary']], '--cases')
  branch = (await office.call('chief', 'get', `/api/v1/search?q=${BRANCH}`)).organisations[0]
    .organisation
  const member = (await office.members('chief', branch))[0]
  person = member?.person ?? ''
  await office.addMembers({ member: member?.number ?? '' })
  // Projects are those of regions, which stand in a structure of their own.
  await office.server.stop()
  office.server.run('user', 'grant', 'chief', 'secretary', CITY, '--structure', 'region')
  await office.server.start()
})
after(() => office.close())

/**
 * The latest case of a process.
 * @param {string} process
 * @param {string} [status]
 * @returns {Promise<{case_id: string, organisation: string}>}
 */
async function caseOf(process, status = 'completed') {
  const { organisation } = await office.place('chief')
  const list = `/api/v1/organisations/${organisation}/cases`
  const { items } = await office.call('chief', 'get', `${list}?process=${process}&status=${status}`)
  return items[0]
}

/** A transfer that went by a letter: whoever is away for some months has a certificate. */
async function caseWithLetter() {
  const { organisation } = await office.place('chief')
  const list = `/api/v1/organisations/${organisation}/cases?process=transfer&status=completed`
  for (const { case_id } of (await office.call('chief', 'get', list)).items) {
    const { variables } = await office.call('chief', 'get', `/api/v1/cases/${case_id}`)
    if (variables.letter_number) return case_id
  }
  throw new Error('the demo city has no letter')
}

/** @type {{route: string, login: string, ready: string, path: () => Promise<string> | string}[]} */
const PLACES = [
  {
    route: 'workflow.case',
    login: 'chief',
    ready: 'article.case .side li',
    path: async () => `/cases/${(await caseOf('development', 'running')).case_id}`,
  },
  {
    route: 'workflow.letter',
    login: 'chief',
    ready: '.paper .number',
    path: async () => `/cases/${await caseWithLetter()}/letter`,
  },
  {
    route: 'liaison.groups',
    login: 'chief',
    ready: '.boxed-list li',
    path: () => '/groups',
  },
  {
    route: 'liaison.group',
    login: 'chief',
    ready: '.group h1',
    path: async () => {
      const { organisation } = await office.place('chief')
      const groups = `/api/v1/organisations/${organisation}/groups`
      return `/groups/${(await office.call('chief', 'get', groups)).items[0].group}`
    },
  },
  {
    route: 'orglife.year',
    login: 'chief',
    ready: 'tbody tr',
    path: async () => `/organisations/${(await caseOf('year_plan')).organisation}/year`,
  },
  { route: 'orglife.publications', login: 'member', ready: 'main h1', path: () => '/publications' },
  {
    route: 'dues.bases',
    login: 'chief',
    ready: '.bases li',
    path: () => `/dues/bases?at=${branch}`,
  },
  { route: 'dues.mine', login: 'member', ready: 'table', path: () => '/dues/mine' },
  {
    route: 'dues.account',
    login: 'chief',
    ready: 'table',
    path: () => `/persons/${person}/dues`,
  },
]

/** Routes that other suites open and look at. */
const ELSEWHERE = [
  ...['administration', 'ballots', 'cockpit', 'discussion', 'dispatch', 'gallery', 'import'],
  ...['dues', 'pages', 'procedures', 'setup'],
]

describe('places', () => {
  for (const one of PLACES) {
    test(`${one.route} is accessible, in both languages, at both widths`, async () => {
      const address = await one.path()
      const { page, context, complaints } = await office.as(one.login)
      for (const [name, look] of LOOKS) {
        await dress(page, look)
        await page.goto(address)
        await page.locator(one.ready).first().waitFor()
        assert.deepEqual(await violations(page), [], name)
        assert.equal(await overflow(page), 0, name)
        assert.deepEqual(complaints, [], name)
        await picture(page, one.route.replace('.', '-'), look)
      }
      await context.close()
    })
  }

  test('the report of an import: what was refused, and why', async () => {
    const { page, context, complaints } = await office.as('chief')
    await page.goto('/imports')
    await page.locator('input[type=file]').setInputFiles(MESSY)
    await page.getByRole('button', { name: '检查', exact: true }).click()
    await page.waitForURL(/\/imports\/\d+/)
    await page.locator('.figures').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await picture(page, 'intake-report')
    await context.close()
  })

  test('are all of them: no route that no suite opens', () => {
    const opened = [...ELSEWHERE, 'places']
      .map((name) => readFileSync(path.join(here, `${name}.test.mjs`), 'utf8'))
      .join('\n')
      .replaceAll('\\', '')
    for (const module of readdirSync(MODULES)) {
      const said = readFileSync(path.join(MODULES, module, 'index.ts'), 'utf8')
      for (const [, address = '', name] of said.matchAll(/path: '([^']+)',\s+name: '([^']+)'/g)) {
        const wanted = address.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part))
        const opens = new RegExp(`${wanted.join('/')}(?![\\w/-])`)
        assert.ok(opens.test(opened), `${name} (${address}) is opened by no suite`)
      }
    }
  })
})
