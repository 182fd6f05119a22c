// Colours of a chart by the names that the page gives them: `--accent`.

import type { ChartOption } from './option'

/** The option with the values that the names have where `element` stands. */
export function coloured(option: ChartOption, element: HTMLElement): ChartOption {
  const style = getComputedStyle(element)
  const valued = (given: unknown): unknown => {
    if (typeof given === 'string')
      return given.startsWith('--') ? style.getPropertyValue(given).trim() : given
    if (Array.isArray(given)) return given.map(valued)
    if (typeof given !== 'object' || given === null) return given
    return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, valued(value)]))
  }
  return valued(option) as ChartOption
}
