// Delimited text as offices write it: UTF-8, UTF-16 or GB18030; commas, semicolons or tabs. Rows
// are named by the line on which they begin, as the server names them.

import type { Change, Workbook } from './workbook'

interface Line {
  number: number
  cells: string[]
}

export function decode(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined
  if (encoding) return new TextDecoder(encoding).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** The delimiter that stands most often in the first lines. */
function delimiterOf(text: string): string {
  const said = /^sep=(.)\r?\n/i.exec(text)?.[1]
  if (said) return said
  const head = text.split('\n', 20).join('\n')
  const count = (sign: string) => head.split(sign).length
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

export function parse(text: string, delimiter: string): Line[] {
  const lines: Line[] = []
  let line = 1
  let begun: Line = { number: line, cells: [] }
  let cell = ''
  let quoted = false
  const endRow = () => {
    begun.cells.push(cell)
    lines.push(begun)
    cell = ''
    begun = { number: line, cells: [] }
  }
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string
    if (sign === '\n' || (sign === '\r' && text[at + 1] !== '\n')) line += 1
    if (quoted && sign === '"' && text[at + 1] === '"') {
      cell += sign
      at += 1
    } else if (sign === '"' && (quoted || cell === '')) quoted = !quoted
    else if (quoted) cell += sign
    else if (sign === delimiter) {
      begun.cells.push(cell)
      cell = ''
    } else if (sign === '\n' || (sign === '\r' && text[at + 1] !== '\n')) endRow()
    else if (sign !== '\r') cell += sign
  }
  if (cell !== '' || begun.cells.length > 0) endRow()
  return lines
}

function written(cells: readonly string[], delimiter: string): string {
  const special = (cell: string) => cell.includes(delimiter) || /["\r\n]/.test(cell)
  return cells
    .map((cell) => (special(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(delimiter)
}

/** As a file that spreadsheets and the server take for UTF-8. */
export function csvOf(rows: readonly (readonly string[])[], delimiter = ','): Uint8Array {
  const text = rows.map((cells) => `${written(cells, delimiter)}\r\n`).join('')
  return new TextEncoder().encode(`\uFEFF${text}`)
}

export function openCsv(bytes: Uint8Array): Workbook {
  const text = decode(bytes)
  const delimiter = delimiterOf(text)
  const lines = parse(text, delimiter)

  function withChanges(changes: readonly Change[]): Promise<Uint8Array> {
    const byRow = new Map(lines.map((line) => [line.number, [...line.cells]]))
    for (const { row, column, text: cell } of changes) {
      const cells = byRow.get(row)
      if (!cells) continue
      while (cells.length <= column) cells.push('')
      cells[column] = cell
    }
    return Promise.resolve(csvOf([...byRow.values()], delimiter))
  }

  return {
    sheets: [null],
    rows: (_sheet, wanted) =>
      Promise.resolve(
        new Map(
          lines.filter((line) => wanted(line.number)).map((line) => [line.number, line.cells]),
        ),
      ),
    withChanges,
  }
}
