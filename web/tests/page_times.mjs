// How long pages take until they show their data, opened by their address on the server of this
// machine, by somebody who has opened them before. Prints a line of JSON for each page: its name
// and the times in milliseconds, from the beginning of the navigation to the frame that shows the
// data. tests/load/pages.py makes figures of them.
// Run: node tests/page_times.mjs [--members 100000] [--times 20]

import { parseArgs } from 'node:util'
import { openBrowser, openPage } from './e2e/browser.mjs'
import { PASSWORD, Server } from './e2e/server.mjs'

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '100000' },
    times: { type: 'string', default: '20' },
  },
})
const server = new Server('web')
const browser = await openBrowser()

/**
 * What is there to open, as the server tells it.
 * @param {import('playwright-core').APIRequestContext} request
 */
async function findPlaces(request) {
  /** @param {string} path */
  const read = async (path) => {
    const answer = await request.get(`/api/v1${path}`)
    if (answer.status() !== 200) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()).items
  }
  const [top] = await read('/organisations')
  const persons = await read(`/organisations/${top.organisation}/members?limit=200`)
  const lights = await read('/lights?rule=orglife/theme_day&limit=50')
  return {
    top: top.organisation,
    persons: persons.map((/** @type {any} */ one) => one.person),
    branches: lights.map((/** @type {any} */ one) => one.subject),
  }
}

/**
 * Pages, and what is seen when their data is.
 * @param {Awaited<ReturnType<typeof findPlaces>>} places
 * @returns {{name: string, ready: string, path: (number: number) => string}[]}
 */
function pagesOf({ top, persons, branches }) {
  /** @param {any[]} list @param {number} number */
  const of = (list, number) => list[number % list.length]
  return [
    { name: 'home', ready: '.lights li', path: () => '/' },
    { name: 'organisations', ready: '[role=treeitem]', path: () => '/organisations' },
    { name: 'the city', ready: 'tbody tr', path: () => `/organisations/${top}` },
    {
      name: 'a branch',
      ready: 'tbody tr',
      path: (number) => `/organisations/${of(branches, number)}`,
    },
    { name: 'members', ready: 'tbody tr', path: () => '/members' },
    {
      name: 'an archive',
      ready: '.timeline li',
      path: (number) => `/persons/${of(persons, number)}`,
    },
    { name: 'lights', ready: 'tbody tr a', path: () => '/lights' },
    {
      name: 'a light',
      ready: '.actions a',
      path: (number) => `/lights/orglife/theme_day/organisations/${of(branches, number)}`,
    },
    { name: 'a rule', ready: '.parameters li', path: () => '/rules/dues/unpaid' },
    { name: 'activities', ready: 'tbody tr a', path: () => '/activities' },
    {
      name: 'payments of a branch',
      ready: 'tbody tr',
      path: (number) => `/payments?at=${of(branches, number)}`,
    },
    { name: 'cockpit, its figures', ready: '.totals[aria-busy=false]', path: () => '/cockpit' },
    { name: 'cockpit, its drawings', ready: '.overview canvas', path: () => '/cockpit' },
  ]
}

try {
  server.fill(Number(values.members))
  const link = server.account('chief', 'secretary')
  server.account('system', 'system_admin') // of one alone the start would make the link anew
  await server.start()
  const { page, context } = await openPage(browser, server.address)
  const entered = await context.request.post('/api/v1/sessions/by-link', {
    data: { token: link.split('/').at(-1), password: PASSWORD },
  })
  if (entered.status() !== 201) throw new Error(await entered.text())
  const pages = pagesOf(await findPlaces(context.request))
  /** Milliseconds until `ready` stands in a frame that is drawn. */
  const shown = (/** @type {string} */ ready) =>
    new Promise((resolve) => {
      const look = () => {
        if (document.querySelector(ready)) requestAnimationFrame(() => resolve(performance.now()))
        else requestAnimationFrame(look)
      }
      look()
    })
  for (const { name, ready, path } of pages) {
    const times = []
    for (let number = -1; number < Number(values.times); ++number) {
      await page.goto(path(number + 1), { waitUntil: 'commit' })
      const time = await page.evaluate(shown, ready)
      if (number >= 0) times.push(time) // the first fills the browser's cache
    }
    console.log(JSON.stringify({ name, times }))
  }
  await context.close()
} finally {
  await browser.close()
  await server.close()
}
