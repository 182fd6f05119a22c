// The views of the wall, in the order in which the wall screen shows them.

export const VIEWS = ['overview', 'structure', 'lights', 'work', 'map'] as const
export type View = (typeof VIEWS)[number]

/** A map is shown where the server has boundaries. */
export function viewsWith(map: boolean): readonly View[] {
  return VIEWS.filter((view) => map || view !== 'map')
}

export function viewOf(word: unknown, views: readonly View[] = VIEWS): View {
  return views.find((view) => view === word) ?? 'overview'
}
