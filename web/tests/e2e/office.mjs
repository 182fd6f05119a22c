// A demo city with the people who have a part in a procedure: each with an account, signed in once.

import assert from 'node:assert/strict'
import { request } from 'playwright-core'
import { openBrowser, openPage } from './browser.mjs'
import { PASSWORD, Server } from './server.mjs'
import { codeOf } from './totp.mjs'

/** The top, a village's branch, the committee of its street above, another committee of the city. */
export const CITY = '099000000001'
export const BRANCH = '099000000009'
export const STREET = '099000000008'
export const OTHER = '099000000006'

const DAY_MS = 86_400_000
const SOON_MS = 10_000
const PAUSE_MS = 100

/** A day from today on, as forms take it. */
export const day = (away = 0) =>
  new Date(Date.now() + away * DAY_MS).toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' })

/** @typedef {{status: number, body: any}} Answer */

export class Office {
  /** @type {import('playwright-core').Browser | undefined} */
  #browser
  /** @type {Record<string, any[]>} */
  #sessions = {}
  server = new Server('web')

  /**
   * @param {[string, string, string?][]} accounts login, role, and the code of where it is held
   * @param {string[]} more words of the command line that makes the city
   */
  async open(accounts, ...more) {
    this.server.fill(undefined, ...more)
    const links = accounts.map(([login, role, at]) => [login, this.server.account(login, role, at)])
    await this.server.start()
    this.#browser = await openBrowser()
    for (const [login = '', link = ''] of links) await this.#enter(login, link)
  }

  async close() {
    await this.#browser?.close()
    await this.server.close()
  }

  /**
   * Accounts of members: of who is on the roll, by their number. The server stops meanwhile.
   * @param {Record<string, string>} numbers by login
   */
  async addMembers(numbers) {
    await this.server.stop()
    const links = Object.entries(numbers).map(([login, number]) => {
      this.server.run('user', 'add', login, '--person', number)
      this.server.run('user', 'grant', login, 'member')
      return [login, this.server.link(login)]
    })
    await this.server.start()
    for (const [login = '', link = ''] of links) await this.#enter(login, link)
  }

  /** @param {import('./browser.mjs').Look} look */
  #window(look) {
    assert.ok(this.#browser, 'the office is open')
    return openPage(this.#browser, this.server.address, look)
  }

  /**
   * Somebody's talk with the server without a browser, which a question and its answer do not need.
   * @param {string} [login] of who has come in
   */
  #client(login = '') {
    const storageState = { cookies: this.#sessions[login] ?? [], origins: [] }
    return request.newContext({ baseURL: this.server.address, storageState })
  }

  /**
   * @param {string} login
   * @param {string} link
   */
  async #enter(login, link) {
    const client = await this.#client()
    const data = { token: link.split('/').at(-1), password: PASSWORD }
    const entered = await client.post('/api/v1/sessions/by-link', { data })
    assert.equal(entered.status(), 201, await entered.text())
    const { csrf, must_enrol } = await entered.json()
    if (must_enrol) await this.#enrol(client, { 'X-CSRF-Token': csrf })
    const { cookies } = await client.storageState()
    this.#sessions[login] = cookies
    await client.dispose()
  }

  /**
   * A second factor, for whoever may do nothing without one.
   * @param {import('playwright-core').APIRequestContext} client
   * @param {Record<string, string>} headers
   */
  async #enrol(client, headers) {
    const path = '/api/v1/session/second-factor'
    const proposed = await client.post(path, { headers, data: { password: PASSWORD } })
    const { secret } = await proposed.json()
    const done = await client.put(path, { headers, data: { code: codeOf(secret) } })
    assert.equal(done.status(), 200, await done.text())
  }

  /**
   * A window of somebody's own, or of one who has not come in.
   * @param {string} login
   * @param {import('./browser.mjs').Look} [look]
   */
  async as(login, look = {}) {
    const opened = await this.#window(look)
    await opened.context.addCookies(this.#sessions[login] ?? [])
    return opened
  }

  /**
   * What the API answers to somebody, whatever it is.
   * @param {string} login
   * @param {'get' | 'post' | 'patch'} method
   * @param {string} path
   * @param {unknown} [data]
   * @param {Record<string, string>} [more] headers
   * @returns {Promise<Answer>}
   */
  async ask(login, method, path, data, more = {}) {
    const client = await this.#client(login)
    const { csrf } = await (await client.get('/api/v1/session')).json()
    const headers = { 'X-CSRF-Token': csrf, 'Accept-Language': 'zh', ...more }
    const answer = await client[method](path, { data, headers })
    const said = await answer.text()
    await client.dispose()
    return { status: answer.status(), body: said ? JSON.parse(said) : undefined }
  }

  /**
   * What the API answers, all being well.
   * @param {string} login
   * @param {'get' | 'post' | 'patch'} method
   * @param {string} path
   * @param {unknown} [data]
   * @param {Record<string, string>} [more] headers
   */
  async call(login, method, path, data, more) {
    const { status, body } = await this.ask(login, method, path, data, more)
    assert.ok(status < 300, `${path}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  /**
   * The highest organisation that somebody sees.
   * @param {string} login
   * @returns {Promise<{organisation: string, name: string, code: string}>}
   */
  async place(login) {
    return (await this.call(login, 'get', '/api/v1/organisations')).items[0]
  }

  /**
   * @param {string} login
   * @param {string} organisation
   * @param {string} [stage]
   * @returns {Promise<{person: string, name: string, number: string}[]>}
   */
  async members(login, organisation, stage = 'full') {
    const query = `limit=50&stage=${stage}&status=normal`
    const path = `/api/v1/organisations/${organisation}/members?${query}`
    return (await this.call(login, 'get', path)).items
  }

  /**
   * Begins a case; answers it and its first task.
   * @param {string} login
   * @param {string} organisation
   * @param {Record<string, unknown>} what
   */
  async begin(login, organisation, what) {
    const path = `/api/v1/organisations/${organisation}/cases`
    const begun = await this.call(login, 'post', path, what)
    return { id: String(begun.case_id), task: String(begun.opened[0] ?? '') }
  }

  /**
   * The task of a case at one of its steps, once time has brought it there.
   * @param {string} login
   * @param {string} id of the case
   * @param {string} element
   */
  async taskAt(login, id, element) {
    const until = Date.now() + SOON_MS
    for (;;) {
      const { tasks } = await this.call(login, 'get', `/api/v1/cases/${id}`)
      const found = tasks.find((/** @type {any} */ one) => one.element === element)
      if (found) return String(found.task)
      assert.ok(Date.now() < until, `${element} is not there: ${JSON.stringify(tasks)}`)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }

  /**
   * The case whose task a page shows.
   * @param {string} login
   * @param {import('playwright-core').Page} page
   */
  async caseAt(login, page) {
    const task = /tasks\/(\d+)/.exec(page.url())?.[1]
    return (await this.call(login, 'get', `/api/v1/tasks/${task}`)).whole
  }

  /**
   * Makes a task as old as one that came up so many days earlier.
   * @param {string} task
   * @param {number} days
   */
  age(task, days) {
    const ms = days * 86_400_000
    this.server.change(`update workflow_task set opened = opened - ${ms} where id = ${task}`)
  }

  /**
   * Does steps of a case one after the other, each by whoever does it.
   * @param {string} id of the case
   * @param {[string, string, Record<string, unknown>?, number?][]} steps login, element, variables,
   * how many days ago it came up
   */
  async through(id, steps) {
    for (const [login, element, variables, aged] of steps) {
      const task = await this.taskAt(login, id, element)
      if (aged) this.age(task, aged)
      const data = { verb: 'approve', ...(variables && { variables }) }
      await this.call(login, 'post', `/api/v1/tasks/${task}/actions`, data)
    }
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} text
 */
export function toast(page, text) {
  return page.locator('.toast').filter({ hasText: text })
}

/**
 * Fills fields of the form, each by its label.
 * @param {import('playwright-core').Page | import('playwright-core').Locator} at
 * @param {Record<string, string | number>} values
 */
export async function fill(at, values) {
  for (const [label, value] of Object.entries(values))
    await at.getByLabel(label, { exact: true }).fill(String(value))
}

/**
 * Finds by typing what a field takes, and picks it.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} field
 * @param {string} typed
 * @param {string} [name] of what is offered
 */
export async function pick(page, field, typed, name = typed) {
  await field.fill(typed)
  await page.getByRole('option', { name }).first().click()
}

/**
 * Opens one's task from the list of them.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
export async function openTask(page, name) {
  await page.goto('/tasks')
  await page.getByRole('link', { name, exact: true }).first().click()
}
