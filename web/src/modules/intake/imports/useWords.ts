// The words that cells may hold, by the name of their code set: Chinese for everybody, as the
// workbooks are.

import { api, ask } from '@/api/api'
import { useLoad } from '@/api/useLoad'

export async function readWords(signal?: AbortSignal): Promise<Map<string, string[]>> {
  const headers = { 'Accept-Language': 'zh' }
  const sets = await ask(api.GET('/api/v1/codes', { headers, ...(signal ? { signal } : {}) }))
  return new Map(sets.items.map((set) => [set.name, set.entries.map((entry) => entry.label)]))
}

export const useWords = () =>
  useLoad(
    () => true,
    (_, signal) => readWords(signal),
  )
