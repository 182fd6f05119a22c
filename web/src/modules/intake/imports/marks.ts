// What the server does not tell of an import afterwards, as far as this browser has seen it: that it
// was a check only, what came after the check, that it was undone. Ids, nothing else.

export interface Mark {
  as: 'checked' | 'undone'
  /** The check or import by which a check was followed. */
  next?: string
}

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
