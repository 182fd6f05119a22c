// The refused rows of an import that was kept, as the server keeps them, and correcting them there.

import { api, ask, type Shape } from '@/api/api'
import { Problem } from '@/lib/problem'
import type { Change } from '@/lib/workbook/workbook'
import type { GridRow, GridSheet } from './grid'

type Page = Shape<'intake.RefusedPage'>
type Row = Shape<'intake.ShownRow'>
type Told = Shape<'intake.ShownProblem'>

/** Of one sheet; those beyond come when these are dealt with. */
const MOST_ROWS = 200

function gridRow(page: Page, row: Row): GridRow {
  const acceptable = row.problems.every((problem) => problem.acceptable)
  return {
    row: row.row,
    sent: row.row,
    cells: row.cells,
    problems: row.problems,
    refused: {
      file: page.file,
      sheet: page.name,
      number: page.sheet,
      row: row.row,
      acceptable,
      problems: [],
    },
  }
}

export const keyOf = (sheet: number) => String(sheet)

function gridSheet(page: Page): GridSheet {
  return {
    file: keyOf(page.sheet),
    sheet: null,
    title: page.name ? `${page.file} · ${page.name}` : page.file,
    headers: page.columns.map((column) => column.header),
    columns: page.columns.map((column) => column.column ?? undefined),
    rows: page.items.map((row) => gridRow(page, row)),
  }
}

/** The rows of each sheet that wait; with a purpose, personal numbers whole. */
export async function readRefused(
  job: string,
  sheets: readonly { sheet: number; open: string }[],
  purpose: string,
): Promise<GridSheet[]> {
  const grid: GridSheet[] = []
  for (const { sheet, open } of sheets) {
    if (Number(open) === 0) continue
    const query = { sheet, limit: MOST_ROWS, ...(purpose ? { purpose } : {}) }
    const params = { path: { job }, query }
    grid.push(gridSheet(await ask(api.GET('/api/v1/imports/{job}/rows', { params }))))
  }
  return grid
}

/** The corrected cells of one row, by the header as written. */
export function cellsOf(sheet: GridSheet, changes: readonly Change[]): Record<string, string> {
  return Object.fromEntries(
    changes.map((change) => [sheet.headers[change.column] ?? '', change.text]),
  )
}

async function correct(
  job: string,
  sheet: string,
  row: number,
  cells: Record<string, string>,
): Promise<Told[] | undefined> {
  const path = { job, sheet, row: String(row) }
  const address = '/api/v1/imports/{job}/rows/{sheet}/{row}'
  try {
    await ask(api.PUT(address, { params: { path }, body: { cells } as never }))
    return undefined
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'intake.still_refused') throw error
    return error.problems as Told[]
  }
}

export interface Corrected {
  taken: number
  refused: number
  /** The changes of rows that were refused again. */
  left: Record<string, Change[]>
  /** Says at those rows why they were refused now. */
  told: (sheets: readonly GridSheet[]) => GridSheet[]
}

/** Sends each corrected row by itself: one that is refused again keeps no other back. */
export async function correctRows(
  job: string,
  sheets: readonly GridSheet[],
  changes: Readonly<Record<string, readonly Change[]>>,
): Promise<Corrected> {
  const left: Record<string, Change[]> = {}
  const why = new Map<string, Told[]>()
  let taken = 0
  for (const sheet of sheets) {
    const all = changes[sheet.file] ?? []
    for (const row of new Set(all.map((change) => change.row))) {
      const own = all.filter((change) => change.row === row)
      const still = await correct(job, sheet.file, row, cellsOf(sheet, own))
      if (still) {
        why.set(`${sheet.file}:${row}`, still)
        left[sheet.file] = [...(left[sheet.file] ?? []), ...own]
      } else taken += 1
    }
  }
  const told = (now: readonly GridSheet[]) =>
    now.map((sheet) => ({
      ...sheet,
      rows: sheet.rows.map((row) => {
        const problems = why.get(`${sheet.file}:${row.row}`)
        return problems && problems.length > 0 ? { ...row, problems } : row
      }),
    }))
  return { taken, refused: why.size, left, told }
}
