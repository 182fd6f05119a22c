// The catalogues: texts.toml beside the code, Chinese and English side by side, as in src/ of the
// server. Those of app/, ui/ and the roots of modules are loaded at the start; those of a module's
// features with its first page.

import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { baseCompile } from '@intlify/message-compiler'
import { parse } from 'smol-toml'

export const LANGUAGES = /** @type {const} */ (['zh', 'en'])

/** @typedef {{key: string, zh: string, en: string, file: string, part: string}} Text */

/**
 * The part of the texts that a catalogue belongs to: `start`, or a module's name.
 * @param {string} file below src, with slashes
 */
export function partOf(file) {
  const feature = /^modules\/([^/]+)\/.+\/texts\.toml$/.exec(file)
  return feature?.[1] ?? 'start'
}

/**
 * The word with which a catalogue's keys begin: `app`, `ui`, or the module's name.
 * @param {string} file
 */
function prefixOf(file) {
  const [top, module] = file.split('/')
  return top === 'modules' ? module : top
}

/**
 * @param {Record<string, unknown>} table
 * @param {string} file
 * @param {string} key
 * @param {Text[]} into
 */
function collect(table, file, key, into) {
  for (const [name, value] of Object.entries(table)) {
    const longer = key ? `${key}.${name}` : name
    if (typeof value !== 'object' || value === null)
      throw new Error(`${file}: ${longer} stands outside of a text`)
    const inner = /** @type {Record<string, unknown>} */ (value)
    if (typeof inner.zh !== 'string' && typeof inner.en !== 'string') {
      collect(inner, file, longer, into)
      continue
    }
    for (const language of LANGUAGES)
      if (typeof inner[language] !== 'string' || inner[language] === '')
        throw new Error(`${file}: ${longer} has no text in ${language}`)
    if (!longer.startsWith(`${prefixOf(file)}.`))
      throw new Error(`${file}: ${longer} should begin with ${prefixOf(file)}.`)
    const { zh, en } = /** @type {{zh: string, en: string}} */ (inner)
    into.push({ key: longer, zh, en, file, part: partOf(file) })
  }
}

/**
 * All texts below a folder. Throws where a catalogue cannot be read, a language is missing, a key
 * stands twice or begins with another module's name.
 * @param {string} source web/src
 * @returns {Text[]}
 */
export function readTexts(source) {
  /** @type {Text[]} */
  const texts = []
  for (const found of catalogues(source)) {
    const file = path.relative(source, found).replaceAll(path.sep, '/')
    collect(parse(readFileSync(found, 'utf8')), file, '', texts)
  }
  const seen = new Map()
  for (const { key, file } of texts) {
    if (seen.has(key)) throw new Error(`${file}: ${key} stands in ${seen.get(key)}, too`)
    seen.set(key, file)
  }
  return texts
}

/** @param {string} source */
function catalogues(source) {
  return walk(source).filter((file) => path.basename(file) === 'texts.toml')
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
export function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const found = path.join(folder, entry.name)
    return entry.isDirectory() ? walk(found) : [found]
  })
}

/**
 * A text as vue-i18n runs it, so that nothing is compiled in the browser.
 * @param {string} message
 * @param {string} where
 */
export function compileText(message, where) {
  if (!/[{}@|]/.test(message)) return message
  return baseCompile(message, {
    jit: true,
    minify: true,
    location: false,
    onError: (error) => {
      throw new Error(`${where}: ${error.message}`)
    },
  }).ast
}

const ENTRY = 'virtual:texts'

/**
 * Vite: `virtual:texts` gives a loader for each language and part.
 * @param {string} source
 * @returns {import('vite').Plugin}
 */
export function textsPlugin(source) {
  return {
    name: 'jishi-texts',
    resolveId: (id) => (id === ENTRY || id.startsWith(`${ENTRY}/`) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${ENTRY}`)) return null
      const texts = readTexts(source)
      for (const file of catalogues(source)) this.addWatchFile(file)
      const [, language, part] = id.slice(1).split('/')
      return language && part ? catalogueCode(texts, language, part) : loadersCode(texts)
    },
    handleHotUpdate({ file, server }) {
      if (path.basename(file) !== 'texts.toml') return
      for (const [id, module] of server.moduleGraph.idToModuleMap)
        if (id.startsWith(`\0${ENTRY}`)) server.moduleGraph.invalidateModule(module)
      server.ws.send({ type: 'full-reload' })
      return []
    },
  }
}

/** @param {Text[]} texts */
function loadersCode(texts) {
  const parts = [...new Set(texts.map((text) => text.part))].sort()
  const lines = LANGUAGES.map((language) => {
    const loaders = parts.map((part) => `'${part}': () => import('${ENTRY}/${language}/${part}')`)
    return `${language}: {${loaders.join(', ')}}`
  })
  return `export default {${lines.join(', ')}}`
}

/**
 * @param {Text[]} texts
 * @param {string} language
 * @param {string} part
 */
function catalogueCode(texts, language, part) {
  const entries = texts
    .filter((text) => text.part === part)
    .map((text) => [
      text.key,
      compileText(text[/** @type {'zh'|'en'} */ (language)], `${text.file}: ${text.key}`),
    ])
  return `export default ${JSON.stringify(Object.fromEntries(entries))}`
}
