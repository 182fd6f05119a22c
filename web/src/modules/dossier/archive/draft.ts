// What was typed into a correction and not saved yet: kept for this window, so that a reload loses
// nothing. Numbers and addresses are not kept.

import { SEALED } from './archive'

export interface Draft {
  field: string
  value: string
}

function keyOf(account: string, person: string): string {
  return `jishi.draft.${account}.${person}`
}

function isDraft(value: unknown): value is Draft {
  const draft = value as Partial<Draft> | null
  return typeof draft?.field === 'string' && typeof draft.value === 'string'
}

export function keptDraft(account: string, person: string): Draft | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(account, person)) ?? 'null') as unknown
    return isDraft(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

export function keepDraft(account: string, person: string, draft: Draft | undefined): void {
  try {
    if (!draft) sessionStorage.removeItem(keyOf(account, person))
    else if (!SEALED.some((field) => field === draft.field))
      sessionStorage.setItem(keyOf(account, person), JSON.stringify(draft))
  } catch {
    // Then a reload begins anew.
  }
}
