// Holds who imports whom: lib <- api, ui <- modules <- app. `ui` never fetches; a module sees
// another only by its public.ts. Types are free. Run: node tools/check-layers.mjs (exit 1 when not)

import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readCode } from './check-texts.mjs'

/** @type {Record<string, string[]>} */
const MAY_SEE = {
  lib: ['lib'],
  api: ['lib', 'api'],
  ui: ['lib', 'ui'],
  modules: ['lib', 'api', 'ui'],
  app: ['lib', 'api', 'ui', 'app'],
}
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(?!type\b)(?:[^'";]*?\bfrom\s+)?'([^']+)'|import\('([^']+)'\)/g
const FETCHES = /\bfetch\(|\bEventSource\b|\bXMLHttpRequest\b/

/**
 * @param {string} file below src
 * @param {string} target as written
 */
function resolved(file, target) {
  if (target.startsWith('@/')) return target.slice(2)
  if (target.startsWith('.')) return path.posix.join(path.posix.dirname(file), target)
  return undefined // a package
}

/**
 * Why an import is not as it should be; undefined when it is.
 * @param {string} file
 * @param {string} target below src
 */
function refusal(file, target) {
  const [layer = '', module = ''] = file.split('/')
  const [seen = '', other = '', ...rest] = target.split('/')
  const allowed = MAY_SEE[layer]
  if (!allowed || seen === 'main.ts') return undefined // main.ts puts all together
  if (seen === 'modules') {
    const isOwn = layer === 'modules' && module === other
    const isPublic = rest.length === 1 && rest[0]?.replace(/\.ts$/, '') === 'public'
    if (isOwn || (isPublic && (layer === 'modules' || layer === 'app'))) return undefined
    return layer === 'modules' || layer === 'app'
      ? `takes ${target}: name it in modules/${other}/public.ts`
      : `${layer} may not see modules`
  }
  return allowed.includes(seen) ? undefined : `${layer} may not see ${seen} (${target})`
}

/**
 * @param {{file: string, code: string}[]} code
 * @returns {string[]}
 */
export function complaints(code) {
  const wrong = []
  for (const { file, code: body } of code) {
    for (const [, by, lazily] of body.matchAll(IMPORT)) {
      const target = resolved(file, by ?? lazily ?? '')
      const why = target === undefined ? undefined : refusal(file, target)
      if (why) wrong.push(`${file}: ${why}`)
    }
    if (file.startsWith('ui/') && FETCHES.test(body)) wrong.push(`${file}: ui never fetches`)
    if (/\bv-html\b|(?<![:\w-])style="/.test(body) && file.endsWith('.vue'))
      wrong.push(`${file}: v-html and style="…" are against the Content-Security-Policy`)
    const lines = body.split('\n')
    const most = /Page\.vue$/.test(file) ? 200 : 500
    if (lines.length > most) wrong.push(`${file}: ${lines.length} lines, at most ${most}`)
  }
  return wrong
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const source = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'src')
  const wrong = complaints(readCode(source))
  for (const line of wrong) console.error(`web/src/${line}`)
  process.exit(wrong.length > 0 ? 1 : 0)
}
