// A small demo city in a temporary folder and a server over it, with accounts for the tests. With
// POSTGRES in the environment (a URL) the city is in a database of its own there.

import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, openSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const JISHI = process.env.JISHI ?? path.join(ROOT, 'build/release/jishi')
export const PASSWORD = 'a long enough sentence'
const START_MS = 120_000 // of a machine that many share; a server that ends is told at once

export class Server {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child
  #database = ''
  /** @param {string} web the folder of the built pages, below build/ */
  constructor(web) {
    this.web = path.join(ROOT, 'build', web)
    this.folder = mkdtempSync(path.join(tmpdir(), 'jishi-e2e-'))
    /** @type {NodeJS.ProcessEnv} */
    this.environment = { ...process.env, HOME: this.folder, LC_ALL: 'C.UTF-8' }
    delete this.environment.JISHI_DB
    this.address = ''
    /** A folder of rules other than the program's own. */
    this.pack = ''
    if (process.env.POSTGRES) this.#database = this.#createDatabase(process.env.POSTGRES)
  }

  /**
   * A database of this server's own, on the PostgreSQL of another's URL.
   * @param {string} url
   */
  #createDatabase(url) {
    const name = `jishi_e2e_${path.basename(this.folder).slice(-6).toLowerCase()}`
    execFileSync('psql', ['-q', '-d', url, '-c', `create database ${name}`])
    return url.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${name}`)
  }

  /**
   * Changes the store behind the program's back.
   * @param {string} statement
   */
  change(statement) {
    if (this.#database) {
      execFileSync('psql', ['-q', '-d', this.#database, '-c', statement])
      return
    }
    const file = path.join(this.folder, 'data/jishi.sqlite')
    const python = `import sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=10) as store: store.execute(sys.argv[2])`
    execFileSync('python3', ['-c', python, file, statement])
  }

  /** @param {string[]} words */
  #line(words) {
    const place = [
      '--data',
      path.join(this.folder, 'data'),
      '--keys',
      path.join(this.folder, 'keys'),
    ]
    const database = this.#database ? ['--db', this.#database] : []
    const pack = this.pack ? ['--pack', this.pack] : []
    return [...place, ...database, ...pack, '--lang', 'en', ...words]
  }

  /**
   * The command line; answers what it prints.
   * @param {string[]} words
   */
  run(...words) {
    return execFileSync(JISHI, this.#line(words), {
      env: this.environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  /**
   * A city of a thousand members, its lights computed.
   * @param {number} [members]
   * @param {string[]} more words of the command line
   */
  fill(members = 1000, ...more) {
    this.run('demo', '--members', String(members), '--seed', '7', ...more)
    this.run('lights', '--summary')
  }

  /**
   * An account with a role; answers its one-time link's path.
   * @param {string} login
   * @param {string} role
   * @param {string} [organisation] by its code
   */
  account(login, role, organisation) {
    this.run('user', 'add', login)
    this.run('user', 'grant', login, role, ...(organisation ? [organisation] : []))
    return this.link(login)
  }

  /** @param {string} login */
  link(login) {
    const path = /\/signin\/once\/\w+/.exec(this.run('user', 'link', login))?.[0]
    if (!path) throw new Error(`no link for ${login}`)
    return path
  }

  /** @param {string[]} more words of the command line */
  async start(port = 0, more = []) {
    const log = path.join(this.folder, 'serve.log')
    const output = openSync(log, 'w')
    const pay = ['--payments', 'sandbox']
    const words = [
      'serve',
      '--port',
      String(port),
      '--rate',
      '0',
      '--web',
      this.web,
      ...pay,
      ...more,
    ]
    this.#child = spawn(JISHI, this.#line(words), {
      env: this.environment,
      stdio: ['ignore', output, output],
    })
    const until = Date.now() + START_MS
    while (Date.now() < until) {
      const said = readFileSync(log, 'utf8')
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (address) {
        this.address = address
        return
      }
      if (this.#child.exitCode !== null) break
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error(`the server did not start: ${readFileSync(log, 'utf8')}`)
  }

  async stop() {
    const child = this.#child
    this.#child = undefined
    if (!child || child.exitCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }

  async close() {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
