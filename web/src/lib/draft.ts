// What is typed and not yet saved, kept in this browser under the person's account: back, reload
// and a session that ends lose nothing. Holds ids and words of the form, no names.

const PREFIX = 'jishi.draft.'
const DAY_MS = 86_400_000
/** Older ones are forgotten, and of more than so many the oldest. */
const KEPT_DAYS = 30
const MOST = 30

interface Kept {
  at: number
  value: unknown
}

function readKept(key: string): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Kept> | null
    return typeof kept?.at === 'number' ? { at: kept.at, value: kept.value } : undefined
  } catch {
    return undefined
  }
}

/** Where a form's draft lies: `draftKey(account, 'meeting', organisation)`. */
export function draftKey(account: string, ...words: readonly string[]): string {
  return [PREFIX + account, ...words].join('/')
}

export function keepDraft(key: string, value: unknown, now: number = Date.now()): void {
  try {
    localStorage.setItem(key, JSON.stringify({ at: now, value } satisfies Kept))
    forgetOld(now)
  } catch {
    // A full or closed store: the form itself still holds what was typed.
  }
}

/** The draft and when it was kept; undefined where there is none or it is of another shape. */
export function keptDraft<Value>(
  key: string,
  fits: (value: unknown) => value is Value,
): { at: number; value: Value } | undefined {
  const kept = readKept(key)
  return kept && fits(kept.value) ? { at: kept.at, value: kept.value } : undefined
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Nothing is kept there, then.
  }
}

function forgetOld(now: number): void {
  const drafts = Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => ({ key, at: readKept(key)?.at ?? 0 }))
    .sort((one, other) => other.at - one.at)
  for (const [index, { key, at }] of drafts.entries())
    if (index >= MOST || now - at > KEPT_DAYS * DAY_MS) localStorage.removeItem(key)
}
