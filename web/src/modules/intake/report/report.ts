// What an import's job tells when it is done, in the order in which people look at it.

import type { Job } from '../imports/send'

/** A column as written, and what it was taken for; null: kept as a note. */
export interface ReadColumn {
  header: string
  column: string | null
}

/** What a person should know of a row that was accepted, or of the sheet (row 0). */
export interface Told {
  row: number
  column: string
  code: string
  zh: string
  en: string
}

export interface SheetReport {
  file: string
  sheet: string | null
  /** Within the import: names the sheet when a row is accepted. */
  number: number
  kind: string | null
  /** The kind that a sheet that was not recognised is most like. */
  nearest: string | null
  hidden: boolean
  header_row: number
  columns: ReadColumn[]
  missing_columns: string[]
  unknown_columns: string[]
  notices: Told[]
  notice_count: number
  rows: number
  accepted: number
  refused: number
  unchanged: number
}

export interface Refusal extends Told {
  file: string
  sheet: string | null
  number: number
  /** A person may accept a row that was refused for this alone. */
  acceptable: boolean
}

/** A code, its name, and how many rows were refused for it. */
export interface CodeCount {
  code: string
  rows: number
  zh: string
  en: string
}

export interface Report {
  batch: string
  changed: boolean
  refused: number
  sheets: SheetReport[]
  /** The first of them; `codes` counts all. */
  refusals: Refusal[]
  codes: CodeCount[]
}

/** The report of a job that is done. */
export function reportOf(job: Job): Report | undefined {
  const result = job.result as Partial<Report>
  return job.state === 'done' && Array.isArray(result.sheets) ? (result as Report) : undefined
}

export interface Totals {
  rows: number
  accepted: number
  unchanged: number
  refused: number
}

export function totalsOf(sheets: readonly SheetReport[]): Totals {
  const sum = (of: (sheet: SheetReport) => number) =>
    sheets.reduce((all, sheet) => all + of(sheet), 0)
  return {
    rows: sum((sheet) => sheet.rows),
    accepted: sum((sheet) => sheet.accepted),
    unchanged: sum((sheet) => sheet.unchanged),
    refused: sum((sheet) => sheet.refused),
  }
}

/** The files of an import, each once. */
export function filesOf(report: Report): string[] {
  return [...new Set(report.sheets.map((sheet) => sheet.file))]
}

/** A refused row with all that is wrong with it. */
export interface RefusedRow {
  file: string
  sheet: string | null
  number: number
  row: number
  problems: Refusal[]
  /** A person may accept it for a reason. */
  acceptable: boolean
}

/** The refused rows that have `code` (any, without one), by sheet and row. */
export function rowsOf(refusals: readonly Refusal[], code?: string): RefusedRow[] {
  const rows = new Map<string, RefusedRow>()
  for (const refusal of refusals) {
    const { file, sheet, number, row } = refusal
    const key = `${number}:${row}`
    if (!rows.has(key)) rows.set(key, { file, sheet, number, row, problems: [], acceptable: true })
    const one = rows.get(key) as RefusedRow
    one.problems.push(refusal)
    one.acceptable &&= refusal.acceptable
  }
  return [...rows.values()]
    .filter((row) => code === undefined || row.problems.some((problem) => problem.code === code))
    .sort((one, other) => one.number - other.number || one.row - other.row)
}

/** Those rows by the sheet they stand in. */
export function bySheet(rows: readonly RefusedRow[]): RefusedRow[][] {
  const sheets = new Map<number, RefusedRow[]>()
  for (const row of rows) sheets.set(row.number, [...(sheets.get(row.number) ?? []), row])
  return [...sheets.values()]
}
