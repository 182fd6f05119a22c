// Lighthouse over sign-in, workbench and archive page of a demo city, by tools/lighthouse. Closes
// with 'N passed, N failed'.

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { CHROMIUM } from './e2e/browser.mjs'
import { PASSWORD, Server } from './e2e/server.mjs'

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..')
const CLI = path.join(ROOT, 'build/lighthouse/node_modules/lighthouse/cli/index.js')
const PATIENCE_MS = 120_000
const LEAST = { performance: 95, accessibility: 100 }
const { values } = parseArgs({ options: { keep: { type: 'string' } } })

/** A port that nothing listens at now. @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const folder = values.keep ?? mkdtempSync(path.join(tmpdir(), 'jishi-lighthouse-'))
mkdirSync(folder, { recursive: true })
const server = new Server('web')
server.fill()
const link = server.account('chief', 'secretary')
// Of one account alone the server itself would make the link, and this one void.
server.account('system', 'system_admin')
await server.start()
const port = await freePort()
const profile = mkdtempSync(path.join(tmpdir(), 'jishi-lighthouse-profile-'))
const context = await chromium.launchPersistentContext(profile, {
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', `--remote-debugging-port=${port}`],
})

/**
 * The scores of a page, of a hundred.
 * @param {string} name
 * @param {string} address
 */
async function measure(name, address) {
  const report = path.join(folder, `${name}.json`)
  const words = [
    CLI,
    server.address + address,
    `--port=${port}`,
    '--preset=desktop',
    '--only-categories=performance,accessibility',
    '--disable-storage-reset',
    '--output=json',
    `--output-path=${report}`,
    '--quiet',
  ]
  // Not waited for in one piece: Playwright has to let each new page of the browser begin.
  await promisify(execFile)(process.execPath, words, { timeout: PATIENCE_MS })
  const { categories, audits } = JSON.parse(readFileSync(report, 'utf8'))
  const figures = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time']
  const told = figures.map((id) => `${id} ${audits[id].displayValue}`).join(', ')
  let fits = true
  for (const [category, least] of Object.entries(LEAST)) {
    const score = Math.round(categories[category].score * 100)
    fits &&= score >= least
    console.log(`${name}: ${category} ${score} (at least ${least})`)
    for (const { id } of categories[category].auditRefs) {
      const { score: part, title, details } = audits[id]
      if (category !== 'accessibility' || part !== 0) continue
      console.log(`  ${title}: ${JSON.stringify(details?.items?.[0]?.node?.selector)}`)
    }
  }
  console.log(`  ${told}`)
  return fits
}

const passed = []
try {
  passed.push(await measure('sign-in', '/signin'))
  const body = { token: link.split('/').at(-1), password: PASSWORD }
  const entered = await context.request.post(`${server.address}/api/v1/sessions/by-link`, {
    data: body,
  })
  if (entered.status() !== 201) throw new Error(await entered.text())
  const found = await context.request.get(`${server.address}/api/v1/search?q=LH000000001`)
  const { person } = (await found.json()).persons[0]
  passed.push(await measure('workbench', '/'))
  passed.push(await measure('archive', `/persons/${person}`))
} finally {
  await context.close()
  await server.close()
  rmSync(profile, { recursive: true, force: true })
  if (!values.keep) rmSync(folder, { recursive: true, force: true })
}
const failed = passed.filter((fits) => !fits).length
console.log(`${passed.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
