// What a DataTable is told of its columns.

export interface Column<Row> {
  id: string
  header: string
  /** What the cell says; a `#cell-<id>` slot may show it otherwise. */
  text: (row: Row) => string
  /** The server can sort by it. */
  sortable?: boolean
  align?: 'start' | 'end'
  /** CSS: `12em`. */
  width?: string
  /** Names the row for a screen reader; one a table. It cannot be hidden. */
  rowHeader?: boolean
  /** Not shown until it is chosen. */
  hidden?: boolean
}

export interface Sorting {
  id: string
  descending: boolean
}

/** How a person likes a table, kept in this browser under the table's name. */
export interface TableTaste {
  hidden: string[]
  dense: boolean
}

export function keptTaste(name: string, columns: readonly Column<never>[]): TableTaste {
  const usual = {
    hidden: columns.filter((column) => column.hidden).map((column) => column.id),
    dense: false,
  }
  try {
    const kept = JSON.parse(localStorage.getItem(`jishi.table.${name}`) ?? 'null') as unknown
    return isTaste(kept) ? kept : usual
  } catch {
    return usual
  }
}

export function keepTaste(name: string, taste: TableTaste): void {
  try {
    localStorage.setItem(`jishi.table.${name}`, JSON.stringify(taste))
  } catch {
    // Then it begins anew next time.
  }
}

function isTaste(value: unknown): value is TableTaste {
  const taste = value as Partial<TableTaste> | null
  return Array.isArray(taste?.hidden) && typeof taste.dense === 'boolean'
}

/** The row to which a key leads from the one at `from`; undefined for other keys. */
export function rowByKey(key: string, from: number, count: number): number | undefined {
  const PAGE = 10
  const to = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + PAGE,
    PageUp: from - PAGE,
    Home: 0,
    End: count - 1,
  }[key]
  return to === undefined ? undefined : Math.min(Math.max(to, 0), count - 1)
}
