// Runs the browser tests one file after the other and closes with 'N passed, N failed'.
// Run: node tests/e2e/run.mjs [--jishi PROGRAM] [--postgres URL] [--only WORD]
// What the server answers on PostgreSQL the scenarios and the walk of operations hold, one by one;
// the pages do not know the store. There the flows of ON_BOTH are enough; --only runs any other.

import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { run } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import reporter from '../reporter.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
/** Reads and writes of every kind: files, search, lists, cases and their steps, notices. */
const ON_BOTH = ['development', 'import', 'members', 'verbs']
const { values } = parseArgs({
  options: {
    jishi: { type: 'string' },
    postgres: { type: 'string' },
    only: { type: 'string', default: '' },
  },
})
if (values.jishi) process.env.JISHI = path.resolve(values.jishi)
if (values.postgres) process.env.POSTGRES = values.postgres

const files = readdirSync(here)
  .filter((name) => name.endsWith('.test.mjs') && name.includes(values.only))
  .filter((name) => !values.postgres || values.only || ON_BOTH.includes(name.split('.')[0] ?? ''))
  .map((name) => path.join(here, name))
if (files.some((file) => file.endsWith('gallery.test.mjs'))) {
  const build = ['run', '--silent', 'build:gallery', '--', '--logLevel', 'warn']
  execFileSync('npm', build, { cwd: path.join(here, '..', '..'), stdio: 'inherit' })
}

let failed = false
const tests = run({ files, concurrency: 1 })
tests.on('test:fail', () => (failed = true))
for await (const text of reporter(tests)) process.stdout.write(text)
process.exitCode = failed ? 1 : 0
