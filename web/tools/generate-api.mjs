// Makes src/api/gen from the program's own OpenAPI document: the types of every route, and the
// words of permissions. Files that would not change are left alone.
// Run: node tools/generate-api.mjs [PROGRAM]        (else $JISHI, else ../build/release/jishi)

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const web = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const program =
  process.argv[2] ?? process.env.JISHI ?? path.join(web, '..', 'build', 'release', 'jishi')
const target = path.join(web, 'src', 'api', 'gen')

/**
 * @param {string} name
 * @param {string} text
 */
function write(name, text) {
  const file = path.join(target, name)
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return
  mkdirSync(target, { recursive: true })
  writeFileSync(file, text)
}

/** @returns {Record<string, any>} */
function readDocument() {
  try {
    const text = execFileSync(program, ['openapi', '--lang', 'en'], { maxBuffer: 64 << 20 })
    return JSON.parse(text.toString('utf8'))
  } catch (error) {
    console.error(`The OpenAPI document comes from the program, which cannot be run: ${error}`)
    console.error(`Build it first (make build), or name another: JISHI=… npm run generate`)
    process.exit(1)
  }
}

const document = readDocument()
const types = astToString(
  await openapiTS(/** @type {any} */ (document), { emptyObjectsUnknown: true }),
)
write(
  'schema.d.ts',
  `// Made by tools/generate-api.mjs from the program's OpenAPI document.\n\n${types}`,
)

// Not every permission stands at a route of its own: the list in the source has them all.
const header = readFileSync(path.join(web, '..', 'src', 'api', 'permissions.hpp'), 'utf8')
const words = [...new Set(header.match(/(?<=")[a-z]+\.[a-z_]+(?=")/g))].sort()
const union = words.map((word) => `  | '${word}'`).join('\n')
write(
  'permissions.d.ts',
  `// Made by tools/generate-api.mjs.\n\nexport type Permission =\n${union}\n`,
)
