// Workbooks of spreadsheets (Office Open XML): the cells of some rows as texts, and the file again
// with some cells written anew. Everything else in it, formats and formulas, stays as it was.

import type { Change, Workbook } from './workbook'
import { packed, readZip, unpack, writeZip, type ZipEntry } from './zip'
import { isDayFormat, dayOfSerial } from './serial'

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function plain(xml: string): string {
  return xml.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name[0] !== '#') return ENTITIES[name] ?? whole
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return String.fromCodePoint(code)
  })
}

function escaped(text: string): string {
  // Signs that XML does not know are left out.
  const known = [...text].filter((sign) => sign >= ' ' || '\t\n\r'.includes(sign)).join('')
  return known.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;' })[sign] ?? '&gt;')
}

const attribute = (tag: string, name: string) => {
  const found = new RegExp(`(?:^|\\s)(?:\\w+:)?${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : plain(found)
}

/** The texts of a shared or inline string, without how it is pronounced. */
function textOf(xml: string): string {
  const spoken = xml.replace(/<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/g, '')
  return [...spoken.matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?t>/g)]
    .map((part) => plain(part[1] ?? ''))
    .join('')
}

/** `C` of `C4` as 2. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of /^[A-Z]+/.exec(reference)?.[0] ?? 'A')
    column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

export function lettersOf(column: number): string {
  const before = Math.floor(column / 26)
  return (before > 0 ? lettersOf(before - 1) : '') + String.fromCharCode(65 + (column % 26))
}

interface Book {
  shared: string[]
  /** By style: whether a number in it is a day. */
  days: boolean[]
  since1904: boolean
}

const ROW = /<(?:\w+:)?row\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?row>)/g
const CELL = /<(?:\w+:)?c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g

function cellText(tag: string, inner: string, book: Book): string {
  const kind = attribute(tag, 't') ?? 'n'
  if (kind === 'inlineStr') return textOf(inner)
  const value = plain(/<(?:\w+:)?v\b[^>]*>([\s\S]*?)<\/(?:\w+:)?v>/.exec(inner)?.[1] ?? '')
  if (kind === 's') return book.shared[Number(value)] ?? ''
  if (kind === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (kind !== 'n' || value === '') return value
  const isDay = book.days[Number(attribute(tag, 's') ?? 0)] ?? false
  return (isDay && dayOfSerial(Number(value), book.since1904)) || numberText(value)
}

/** As a person would write it: 13800000001, not 1.3800000001E10. */
function numberText(value: string): string {
  const number = Number(value)
  return Number.isFinite(number) && Math.abs(number) < 1e21 ? String(number) : value
}

function cellsOf(inner: string, book: Book): string[] {
  const cells: string[] = []
  let column = 0
  for (const [, tag = '', content = ''] of inner.matchAll(CELL)) {
    const reference = attribute(tag, 'r')
    if (reference) column = columnOf(reference)
    while (cells.length < column) cells.push('')
    cells[column] = cellText(tag, content, book)
    column += 1
  }
  return cells
}

function rowsOf(xml: string, book: Book, wanted: (row: number) => boolean): Map<number, string[]> {
  const rows = new Map<number, string[]>()
  let number = 0
  for (const [, tag = '', inner = ''] of xml.matchAll(ROW)) {
    number = Number(attribute(tag, 'r') ?? number + 1)
    if (wanted(number)) rows.set(number, cellsOf(inner, book))
  }
  return rows
}

/** A row with cells written anew; those that it did not have come where they belong. */
function rowWith(inner: string, row: number, changes: Map<number, string>): string {
  const cells = new Map<number, string>()
  let column = 0
  for (const [whole, tag = ''] of inner.matchAll(CELL)) {
    const reference = attribute(tag, 'r')
    if (reference) column = columnOf(reference)
    cells.set(column, whole)
    column += 1
  }
  for (const [at, text] of changes) {
    const place = `r="${lettersOf(at)}${row}"`
    const string = `<is><t xml:space="preserve">${escaped(text)}</t></is>`
    cells.set(at, text === '' ? `<c ${place}/>` : `<c ${place} t="inlineStr">${string}</c>`)
  }
  return [...cells.entries()]
    .sort(([one], [other]) => one - other)
    .map(([, xml]) => xml)
    .join('')
}

function sheetWith(xml: string, changes: readonly Change[]): string {
  const byRow = new Map<number, Map<number, string>>()
  for (const { row, column, text } of changes) {
    if (!byRow.has(row)) byRow.set(row, new Map())
    byRow.get(row)?.set(column, text)
  }
  let number = 0
  return xml.replace(ROW, (whole, tag: string, inner: string | undefined) => {
    number = Number(attribute(tag, 'r') ?? number + 1)
    const wanted = byRow.get(number)
    return wanted ? `<row${tag}>${rowWith(inner ?? '', number, wanted)}</row>` : whole
  })
}

export async function openXlsx(bytes: Uint8Array): Promise<Workbook> {
  const entries = readZip(bytes)
  const read = async (name: string) => {
    const entry = entries.get(name)
    return entry ? new TextDecoder().decode(await unpack(entry)) : ''
  }
  const { sheets, book } = await head(read)
  const texts = new Map<string, string>()
  const sheetText = async (name: string | null) => {
    const path = sheets.get(name ?? '') ?? ''
    if (!texts.has(path)) texts.set(path, await read(path))
    return texts.get(path) ?? ''
  }

  async function withChanges(changes: readonly Change[]): Promise<Uint8Array> {
    const replaced = new Map<string, ZipEntry>(entries)
    for (const name of new Set(changes.map((change) => change.sheet))) {
      const path = sheets.get(name ?? '')
      if (path === undefined) continue
      const own = changes.filter((change) => change.sheet === name)
      replaced.set(path, await packed(path, sheetWith(await sheetText(name), own)))
    }
    return writeZip(replaced.values())
  }

  return {
    sheets: [...sheets.keys()],
    rows: async (sheet, wanted) => rowsOf(await sheetText(sheet), book, wanted),
    withChanges,
  }
}

type Read = (name: string) => Promise<string>

/** Which sheets there are and where, and what their cells need to be read. */
async function head(read: Read): Promise<{ sheets: Map<string, string>; book: Book }> {
  const workbook = await read('xl/workbook.xml')
  if (!workbook) throw new Error('no workbook')
  const links = await read('xl/_rels/workbook.xml.rels')
  const targets = new Map(
    [...links.matchAll(/<(?:\w+:)?Relationship\b([^>]*)>/g)].map(([, tag = '']) => {
      const target = attribute(tag, 'Target') ?? ''
      return [attribute(tag, 'Id'), target.startsWith('/') ? target.slice(1) : `xl/${target}`]
    }),
  )
  const sheets = new Map(
    [...workbook.matchAll(/<(?:\w+:)?sheet\b([^>]*)>/g)].map(([, tag = '']) => [
      attribute(tag, 'name') ?? '',
      targets.get(/\s\w+:id="([^"]*)"/.exec(tag)?.[1]) ?? '',
    ]),
  )
  const strings = await read('xl/sharedStrings.xml')
  const shared = [...strings.matchAll(/<(?:\w+:)?si\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/g)]
  const book: Book = {
    shared: shared.map(([, inner = '']) => textOf(inner)),
    days: daysOf(await read('xl/styles.xml')),
    since1904: /date1904="(?:1|true)"/.test(workbook),
  }
  return { sheets, book }
}

function daysOf(styles: string): boolean[] {
  const own = new Map(
    [...styles.matchAll(/<(?:\w+:)?numFmt\b([^>]*)>/g)].map(([, tag = '']) => [
      attribute(tag, 'numFmtId'),
      attribute(tag, 'formatCode') ?? '',
    ]),
  )
  const inner = /<(?:\w+:)?cellXfs\b[^>]*>([\s\S]*?)<\/(?:\w+:)?cellXfs>/.exec(styles)?.[1] ?? ''
  return [...inner.matchAll(/<(?:\w+:)?xf\b([^>]*)>/g)].map(([, tag = '']) => {
    const id = attribute(tag, 'numFmtId') ?? '0'
    return isDayFormat(Number(id), own.get(id))
  })
}
