// Names beside a bar, in at most two lines.

/** Of a line, in widths of a Latin letter; a Chinese sign takes two. */
const WIDTH = 22
const WIDE = /[\u2e80-\uffe6]/

function widthOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (WIDE.test(sign) ? 2 : 1), 0)
}

/** Words of letters stay whole; between Chinese signs a line may end anywhere. */
function pieces(name: string): string[] {
  return name.match(/[\u2e80-\uffe6]|[^\u2e80-\uffe6\s]+\s*|\s+/g) ?? []
}

/** What does not fit into two lines ends with an ellipsis: the table beside has the whole name. */
export function inLines(name: string): string {
  const lines = ['']
  for (const piece of pieces(name)) {
    const last = lines.at(-1) ?? ''
    if (last !== '' && widthOf(last + piece.trimEnd()) > WIDTH) lines.push(piece)
    else lines[lines.length - 1] = last + piece
  }
  const shown = lines.slice(0, 2).map((line) => line.trim())
  return lines.length > 2 ? `${shown.join('\n')}…` : shown.join('\n')
}
