// An empty workbook of one kind of sheet: its columns, the required ones starred, and lists of words
// to choose from where a column takes no others. All cells are texts, so that numbers keep digits.

import { CODES, columnsOf, KINDS, type Kind } from './kinds'
import { lettersOf } from './xlsx'
import { packed, writeZip } from './zip'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
/** The hidden sheet that has them. */
export const CHOICES = '可选值'
const LAST_ROW = 5000

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => `&#${String(sign.charCodeAt(0))};`)

const cell = (column: number, row: number, text: string, style: number) =>
  `<c r="${lettersOf(column)}${row}" s="${style}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`

export const TEMPLATE_TYPE = `${TYPES}.sheet`

function links(targets: readonly [id: string, kind: string, target: string][]): string {
  const each = targets.map(
    ([id, kind, target]) => `<Relationship Id="${id}" Type="${LINKS}/${kind}" Target="${target}"/>`,
  )
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`
}

function frame(title: string): Record<string, string> {
  const part = (name: string, type: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="${TYPES}.${type}+xml"/>`
  return {
    '[Content_Types].xml':
      `${XML}<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ' +
      'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      part('workbook', 'sheet.main') +
      part('worksheets/sheet1', 'worksheet') +
      part('worksheets/sheet2', 'worksheet') +
      `${part('styles', 'styles')}</Types>`,
    '_rels/.rels': links([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/_rels/workbook.xml.rels': links([
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'worksheet', 'worksheets/sheet2.xml'],
      ['rId3', 'styles', 'styles.xml'],
    ]),
    'xl/workbook.xml':
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${LINKS}"><sheets>` +
      `<sheet name="${escaped(title)}" sheetId="1" r:id="rId1"/>` +
      `<sheet name="${CHOICES}" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>`,
    'xl/styles.xml':
      `${XML}<styleSheet xmlns="${MAIN}">` +
      '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>' +
      '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>' +
      '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>' +
      '<cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"/>' +
      '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>',
  }
}

/** A column's words, in the hidden sheet below each other. */
function choicesSheet(lists: readonly (readonly string[])[]): string {
  const depth = Math.max(0, ...lists.map((words) => words.length))
  const rows = Array.from({ length: depth }, (_, at) => {
    const cells = lists.map((words, column) => {
      const word = words[at]
      return word === undefined ? '' : cell(column, at + 1, word, 1)
    })
    return `<row r="${at + 1}">${cells.join('')}</row>`
  })
  return `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rows.join('')}</sheetData></worksheet>`
}

export async function templateOf(
  kind: Kind,
  title: string,
  words: ReadonlyMap<string, readonly string[]>,
): Promise<Uint8Array> {
  const columns = columnsOf(kind)
  const required = new Set([...KINDS[kind].required])
  const lists: (readonly string[])[] = []
  const rules = columns.flatMap((column, at) => {
    const list = words.get(CODES[column] ?? '')
    if (!list) return []
    const from = lettersOf(lists.push(list) - 1)
    const letters = lettersOf(at)
    return [
      '<dataValidation type="list" allowBlank="1" showErrorMessage="0" ' +
        `sqref="${letters}2:${letters}${LAST_ROW}">` +
        `<formula1>${CHOICES}!$${from}$1:$${from}$${list.length}</formula1></dataValidation>`,
    ]
  })
  const header = columns.map((column, at) =>
    cell(at, 1, required.has(column) ? `*${column}` : column, 2),
  )
  const all = rules.length > 0 ? rules.join('') : ''
  const sheet =
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>' +
    `</sheetViews><cols><col min="1" max="${columns.length}" width="18" style="1" ` +
    `customWidth="1"/></cols><sheetData><row r="1">${header.join('')}</row></sheetData>` +
    (all && `<dataValidations count="${rules.length}">${all}</dataValidations>`) +
    '</worksheet>'
  const parts = {
    ...frame(title),
    'xl/worksheets/sheet1.xml': sheet,
    'xl/worksheets/sheet2.xml': choicesSheet(lists),
  }
  return writeZip(
    await Promise.all(Object.entries(parts).map(([name, text]) => packed(name, text))),
  )
}
