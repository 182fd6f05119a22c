// Names on a small space: of what stands below an organisation, without what they share with it.

import { shortName } from '@/lib/shortName'

/** Names that would be the same keep all. */
export function shortNames(names: readonly string[], above: string): string[] {
  const short = names.map((name) => shortName(name, above))
  return short.map((name, index) =>
    short.indexOf(name) === short.lastIndexOf(name) ? name : (names[index] ?? name),
  )
}
