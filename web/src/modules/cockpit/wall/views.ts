// The views of the wall, in the order in which the wall screen shows them.

export const VIEWS = ['overview', 'structure', 'lights', 'work'] as const
export type View = (typeof VIEWS)[number]

export function viewOf(word: unknown): View {
  return VIEWS.find((view) => view === word) ?? 'overview'
}
