// Holds the catalogues against the code: every key that is said has a text in both languages with
// the same {names}, every text is said somewhere. Run: node tools/check-texts.mjs (exit 1 when not)

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileText, readTexts, walk } from './texts.mjs'

/** A key in the code: the whole of a string, or the beginning of a template whose rest is data. */
const KEY = /(['"`])([a-z]+(?:\.[a-z0-9_]*)+)(?:\1|(\$\{))/g
/** The text of a line of the navigation, or of a light's remedy. */
const OF_MODULE = /\btext: '([a-z]+\.[^']+)'/g
const CHINESE = /[\u3400-\u9fff]/

/**
 * @param {string} source
 * @returns {{file: string, code: string}[]}
 */
export function readCode(source) {
  return walk(source)
    .filter((file) => /\.(vue|ts)$/.test(file) && !/\.test\.ts$|[\\/]gen[\\/]/.test(file))
    .map((file) => ({
      file: path.relative(source, file).replaceAll(path.sep, '/'),
      code: readFileSync(file, 'utf8'),
    }))
}

/** @param {string} text */
function names(text) {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
}

/**
 * What is wrong, in lines; empty when all is well. `known` are words that look like keys and are
 * none: names of routes and permissions, codes of problems.
 * @param {import('./texts.mjs').Text[]} texts
 * @param {{file: string, code: string}[]} code
 */
export function complaints(texts, code) {
  const wrong = []
  const keys = new Map(texts.map((text) => [text.key, text]))
  /** @type {Set<string>} */
  const said = new Set()
  for (const { file, code: body } of code) {
    for (const [, , word, open] of body.matchAll(KEY)) {
      if (word === undefined) continue
      if (open) for (const key of keys.keys()) if (key.startsWith(word)) said.add(key)
      if (!open) said.add(word)
    }
    for (const match of body.matchAll(/\bt\(\s*'([^']+)'/g))
      if (match[1] && !keys.has(match[1])) wrong.push(`${file}: ${match[1]} has no text`)
    for (const match of body.matchAll(/\b(?:title|text): '([a-z]+\.[^']+)'/g))
      if (match[1] && !keys.has(match[1])) wrong.push(`${file}: ${match[1]} has no text`)
    // What a module says of itself is said before any page of it is open.
    for (const match of /^modules\/\w+\/index\.ts$/.test(file) ? body.matchAll(OF_MODULE) : [])
      if (match[1] && (keys.get(match[1])?.part ?? 'start') !== 'start')
        wrong.push(`${file}: ${match[1]} belongs into the texts.toml beside it`)
    // lib/ says nothing to people, but reads what they write.
    for (const line of file.startsWith('lib/') ? [] : untranslated(body))
      wrong.push(`${file}: “${line}” belongs into texts.toml`)
  }
  for (const { key, zh, en, file } of texts) {
    if (!said.has(key)) wrong.push(`${file}: ${key} is said nowhere`)
    if (`${names(zh)}` !== `${names(en)}`) wrong.push(`${file}: ${key}: not the same {names}`)
    if (CHINESE.test(en)) wrong.push(`${file}: ${key}: Chinese in the English text`)
    for (const text of [zh, en]) {
      try {
        compileText(text, key)
      } catch (error) {
        wrong.push(`${file}: ${/** @type {Error} */ (error).message}`)
      }
    }
  }
  return wrong
}

/** Names of languages are written in their own. */
const OWN_NAME = new Set(['中文'])

/** @param {string} code */
function untranslated(code) {
  const plain = code
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/<!--[^]*?-->/g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll(/\s\/\/ .*$/gm, '')
  const found = plain.match(/[^\s'"`<>]*[\u3400-\u9fff][^\s'"`<>]*/g) ?? []
  return found.filter((word) => !OWN_NAME.has(word))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const source = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'src')
  let wrong
  try {
    wrong = complaints(readTexts(source), readCode(source))
  } catch (error) {
    wrong = [/** @type {Error} */ (error).message]
  }
  for (const line of wrong) console.error(`web/src/${line}`)
  process.exit(wrong.length > 0 ? 1 : 0)
}
