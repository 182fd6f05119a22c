// What was typed into a form of a command is kept until it is done or given up: a reload, a session
// that ended, a look at another page lose nothing.

import { reactive, watch } from 'vue'
import type { Draft } from './orders'

const EMPTY: Draft = {
  name: '',
  kind: '',
  code: '',
  on: '',
  parent: undefined,
  others: [],
  keep: true,
  parts: [],
}

export function useDraft(name: string, usual: Partial<Draft>) {
  const key = `jishi.draft.${name}`
  const draft = reactive<Draft>({ ...EMPTY, ...usual, ...kept() })

  function kept(): Partial<Draft> {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Draft>
    } catch {
      return {}
    }
  }

  const stop = watch(draft, (now) => {
    try {
      sessionStorage.setItem(key, JSON.stringify(now))
    } catch {
      // Then it lasts as long as the dialog.
    }
  })

  function forget(): void {
    stop()
    try {
      sessionStorage.removeItem(key)
    } catch {
      // There is nothing to forget.
    }
  }

  return { draft, forget }
}
