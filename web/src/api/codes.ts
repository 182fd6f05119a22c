// The words of codes, as the server says them: kinds of activities, of organisations, stages.

import { api, ask, type Shape } from './api'
import { useLoad } from './useLoad'
import { language } from '@/lib/texts'

export type CodeSet = Shape<'api.ShownCodeSet'>

export function useCodes() {
  const sets = useLoad(
    () => language(),
    async (_, signal) => (await ask(api.GET('/api/v1/codes', { signal }))).items,
  )
  /** All entries of a set. */
  function entries(name: string): CodeSet['entries'] {
    return sets.data.value?.find((set) => set.name === name)?.entries ?? []
  }
  /** What a code of a set is called; the code itself until the words are there. */
  function label(name: string, code: string): string {
    return entries(name).find((entry) => entry.code === code)?.label ?? code
  }
  return { sets, entries, label }
}
