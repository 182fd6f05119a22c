/** Where an arrow key leads in a grid of names; undefined for other keys. */
export function stepTo(
  key: string,
  from: number,
  count: number,
  columns: number,
): number | undefined {
  const to = {
    ArrowRight: from + 1,
    ArrowLeft: from - 1,
    ArrowDown: from + columns,
    ArrowUp: from - columns,
    Home: 0,
    End: count - 1,
  }[key]
  if (to === undefined || count === 0) return undefined
  return to < 0 || to >= count ? from : to
}
