// What the server does not tell of an import afterwards, as far as this browser has seen it: that it
// was a check only, or was undone. Ids, nothing else.

export type Mark = 'checked' | 'undone'

const KEY = 'jishi.imports'
const MOST = 300

function all(): Record<string, Mark> {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {}) as Record<string, Mark>
  } catch {
    return {}
  }
}

export const markOf = (job: string): Mark | undefined => all()[job]

export function mark(job: string, as: Mark): void {
  try {
    const kept = Object.entries({ ...all(), [job]: as }).slice(-MOST)
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)))
  } catch {
    // Then it is asked for when the import is opened.
  }
}
