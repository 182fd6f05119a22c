// A workbook opened in the browser, so that cells can be seen beside what is wrong with them and
// written anew before it is sent. The server reads it by itself and has the last word.

import { openCsv } from './csv'
import { openXlsx } from './xlsx'

/** A cell that a person wrote anew. */
export interface Change {
  sheet: string | null
  row: number
  /** Counted from 0. */
  column: number
  text: string
}

export interface Workbook {
  /** The sheets by name; a text file has one, without. */
  sheets: readonly (string | null)[]
  /** The rows with these numbers, as the spreadsheet counts, each as texts by column. */
  rows: (sheet: string | null, wanted: (row: number) => boolean) => Promise<Map<number, string[]>>
  /** The file with the changes in it, everything else as it was. */
  withChanges: (changes: readonly Change[]) => Promise<Uint8Array>
}

/** Larger files are corrected after they were imported: from the rows that were refused. */
export const MOST_BYTES = 48 * 1024 * 1024

const starts = (bytes: Uint8Array, signs: readonly number[]) =>
  signs.every((sign, at) => bytes[at] === sign)

/** Opens a file by what it is, not by its name; undefined for what this browser does not read. */
export async function openWorkbook(file: Blob): Promise<Workbook | undefined> {
  if (file.size === 0 || file.size > MOST_BYTES) return undefined
  const bytes = new Uint8Array(await file.arrayBuffer())
  try {
    if (starts(bytes, [0x50, 0x4b])) return await openXlsx(bytes)
    if (starts(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return undefined // .xls
    return openCsv(bytes)
  } catch {
    return undefined // broken: the server says how
  }
}
