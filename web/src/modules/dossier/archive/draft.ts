// What was typed into a correction and not saved yet: kept for this window, so that neither another
// page nor a reload loses it. Numbers and addresses are kept in memory only: a reload asks first.

import { SEALED } from './archive'

export interface Draft {
  field: string
  value: string
  /** What the archive held when it was begun. */
  old: string
}

function keyOf(account: string, person: string): string {
  return `jishi.draft.${account}.${person}`
}

const inMemory = new Map<string, Draft>()

function isDraft(value: unknown): value is Draft {
  const draft = value as Partial<Draft> | null
  return [draft?.field, draft?.value, draft?.old].every((one) => typeof one === 'string')
}

export function keptDraft(account: string, person: string): Draft | undefined {
  const held = inMemory.get(keyOf(account, person))
  if (held) return held
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(account, person)) ?? 'null') as unknown
    return isDraft(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

export function keepDraft(account: string, person: string, draft: Draft | undefined): void {
  const key = keyOf(account, person)
  inMemory.delete(key)
  try {
    sessionStorage.removeItem(key)
    if (!draft) return
    if (SEALED.some((field) => field === draft.field)) inMemory.set(key, draft)
    else sessionStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // Then a reload begins anew.
  }
}
