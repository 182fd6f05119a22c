// The refused rows with their cells, as a grid to be corrected. Of a check, cells come from the files
// that were chosen; of an import that was kept, from the server (refusedRows.ts).

import { layoutOf, NAMING, type Layout, type Mapping } from '@/lib/workbook/kinds'
import type { Change, Workbook } from '@/lib/workbook/workbook'
import { bySheet, rowsOf, type RefusedRow, type Report, type SheetReport } from './report'

export interface GridRow {
  /** In the file that is corrected. */
  row: number
  /** In the file that a person sent; undefined where nobody told. */
  sent: number | undefined
  cells: string[]
  problems: { column: string; code: string; text: string }[]
  refused: RefusedRow | undefined
}

export interface GridSheet {
  /** The file that is corrected, and the sheet's name in it. */
  file: string
  sheet: string | null
  title: string
  headers: string[]
  /** What each column means; undefined: a note. */
  columns: (string | undefined)[]
  rows: GridRow[]
}

const HEADER_ROWS = 20
/** Rows that are shown of one sheet, and corrected together. */
export const MOST_ROWS = 200

const titleOf = (file: string, sheet: string | null) => (sheet ? `${file} · ${sheet}` : file)

function problemsOf(row: RefusedRow, language: 'zh' | 'en'): GridRow['problems'] {
  return row.problems.map((one) => ({ column: one.column, code: one.code, text: one[language] }))
}

/** As the server told it; else as the sheet itself says. */
function columnsOfSheet(
  source: SheetReport | undefined,
  rows: ReadonlyMap<number, readonly string[]>,
  mapping: Mapping,
): Pick<Layout, 'headers' | 'columns'> {
  const told = source?.columns ?? []
  if (told.length === 0)
    return layoutOf(rows, source?.kind ?? null, mapping) ?? { headers: [], columns: [] }
  return {
    headers: told.map((column) => column.header),
    columns: told.map((column) => column.column ?? undefined),
  }
}

async function sheetOf(
  rows: readonly RefusedRow[],
  source: SheetReport | undefined,
  book: Workbook,
  mapping: Mapping,
  language: 'zh' | 'en',
): Promise<GridSheet> {
  const { file, sheet } = rows[0] as RefusedRow
  const wanted = new Set(rows.map((one) => one.row))
  const read = await book.rows(sheet, (row) => row <= HEADER_ROWS || wanted.has(row))
  const { headers, columns } = columnsOfSheet(source, read, mapping)
  return {
    file,
    sheet,
    title: titleOf(file, sheet),
    headers,
    columns,
    rows: rows.slice(0, MOST_ROWS).map((one) => ({
      row: one.row,
      sent: one.row,
      cells: read.get(one.row) ?? [],
      problems: problemsOf(one, language),
      refused: one,
    })),
  }
}

/** What cannot be unpacked here is told in words. */
const tooLarge = () => undefined

/** Of a check: the rows of the files that were chosen. */
export async function gridOfFiles(
  report: Report,
  books: ReadonlyMap<string, Workbook>,
  mapping: Mapping,
  language: 'zh' | 'en',
): Promise<GridSheet[]> {
  const sheets: GridSheet[] = []
  for (const rows of bySheet(rowsOf(report.refusals))) {
    const first = rows[0] as RefusedRow
    const book = books.get(first.file)
    const source = report.sheets.find((sheet) => sheet.number === first.number)
    const sheet = book && (await sheetOf(rows, source, book, mapping, language).catch(tooLarge))
    if (sheet) sheets.push(sheet)
  }
  return sheets
}

/** Which of a sheet's columns a problem is about: those that mean it, filled ones first. */
export function columnsAt(sheet: GridSheet, row: GridRow, column: string): number[] {
  const meant = sheet.columns.flatMap((one, at) => (one === column ? [at] : []))
  const filled = meant.filter((at) => row.cells[at])
  return filled.length > 0 ? filled : meant.slice(0, 1)
}

const MOST_NAMING = 2

/** The columns that are shown at first: those in trouble (for `code`), and what names the row. */
export function firstColumns(sheet: GridSheet, rows: readonly GridRow[], code?: string): number[] {
  const shown = new Set<number>()
  for (const row of rows)
    for (const problem of row.problems)
      if (code === undefined || problem.code === code)
        for (const at of columnsAt(sheet, row, problem.column)) shown.add(at)
  let named = 0
  for (const column of NAMING) {
    const at = sheet.columns.indexOf(column)
    if (at >= 0 && named < MOST_NAMING) {
      shown.add(at)
      named += 1
    }
  }
  return [...shown].sort((one, other) => one - other)
}

export const isAt = (change: Change, sheet: GridSheet, row: GridRow, column: number) =>
  change.sheet === sheet.sheet && change.row === row.row && change.column === column

/** The changes with a cell written anew; written as it was, it is no change. */
export function changed(
  changes: readonly Change[],
  sheet: GridSheet,
  row: GridRow,
  column: number,
  text: string,
): Change[] {
  const others = changes.filter((change) => !isAt(change, sheet, row, column))
  if (text === (row.cells[column] ?? '')) return others
  return [...others, { sheet: sheet.sheet, row: row.row, column, text }]
}
