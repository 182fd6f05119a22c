// Files that were checked and not yet imported, with what a person corrected in them: kept in this
// browser until they are imported or given up, so that leaving the page and coming back loses
// nothing. They hold personal data: another account's are deleted, and so is what is a day old.

import type { Change } from '@/lib/workbook/workbook'

export interface Draft {
  /** The check (a dry run) that it belongs to. */
  job: string
  account: string
  organisation: string
  source: string
  files: File[]
  /** Header and column; an empty column: a note. */
  mapping: [header: string, column: string][]
  /** By the file's name. */
  changes: Record<string, Change[]>
  kept_ms: number
}

const STORE = 'drafts'
const MOST_AGE_MS = 24 * 60 * 60 * 1000
/** While this page lives, also where the browser keeps nothing. */
const held = new Map<string, Draft>()

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('not kept'))
  })
}

async function withStore<Value>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value | undefined> {
  try {
    const opening = indexedDB.open('jishi.imports', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'job' })
    const database = await settled(opening)
    try {
      return await settled(work(database.transaction(STORE, mode).objectStore(STORE)))
    } finally {
      database.close()
    }
  } catch {
    return undefined // private windows, a full disk: then it lives as long as the page does
  }
}

export async function keepDraft(draft: Draft): Promise<void> {
  held.set(draft.job, draft)
  await withStore('readwrite', (store) => store.put(draft))
}

export async function dropDraft(job: string): Promise<void> {
  held.delete(job)
  await withStore('readwrite', (store) => store.delete(job))
}

export async function draftOf(job: string, account: string): Promise<Draft | undefined> {
  const draft =
    held.get(job) ?? (await withStore<Draft | undefined>('readonly', (store) => store.get(job)))
  if (draft?.account !== account) return undefined
  held.set(job, draft)
  return draft
}

/** Deletes what is not this account's, and what is a day old. */
export async function tidyDrafts(account: string, now = Date.now()): Promise<void> {
  const all = (await withStore<Draft[]>('readonly', (store) => store.getAll())) ?? []
  for (const draft of all)
    if (draft.account !== account || now - draft.kept_ms > MOST_AGE_MS) await dropDraft(draft.job)
}
