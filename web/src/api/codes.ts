// The words of codes, as the server says them: kinds of activities, of organisations, stages. They are
// read once, in the language of the page.

import { shallowRef } from 'vue'
import { api, ask, type Shape } from './api'
import { useLoad } from './useLoad'
import { language } from '@/lib/texts'

export type CodeSet = Shape<'api.ShownCodeSet'>

const kept = shallowRef<{ language: string; sets: CodeSet[] }>()

async function read(wanted: string, signal: AbortSignal): Promise<CodeSet[]> {
  if (kept.value?.language === wanted) return kept.value.sets
  const { items } = await ask(api.GET('/api/v1/codes', { signal }))
  kept.value = { language: wanted, sets: items }
  return items
}

export function useCodes() {
  const sets = useLoad(() => language(), read)
  const set = (name: string) => sets.data.value?.find((one) => one.name === name)
  /** All entries of a set. */
  const entries = (name: string): CodeSet['entries'] => set(name)?.entries ?? []
  /**
   * What a code of a set is called. Nothing while the words are on their way, so that no code flashes
   * up before its word; the code itself where it has no word, or the words could not be read.
   */
  function label(name: string, code: string): string {
    if (!sets.data.value && !sets.problem.value) return ''
    return entries(name).find((entry) => entry.code === code)?.label ?? code
  }
  return { sets, set, entries, label }
}
