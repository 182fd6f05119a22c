// Where a role can be given by whoever asks, found by typing a name or a code.

import { computed, ref } from 'vue'
import { api, ask } from '@/api/api'
import { useLoad } from '@/api/useLoad'
import type { Choice } from '@/ui/control'

const PAUSE_MS = 200

export function useRolePlaces() {
  const sought = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  const found = useLoad(
    () => sought.value || undefined,
    (q, signal) => ask(api.GET('/api/v1/role-places', { params: { query: { q } }, signal })),
  )
  /** By the code, which is what a grant is asked for with. */
  const choices = computed<Choice[]>(() =>
    (sought.value ? (found.data.value?.items ?? []) : []).map((one) => ({
      value: one.code,
      text: one.name,
      more: one.code,
    })),
  )
  function search(text: string): void {
    clearTimeout(timer)
    timer = setTimeout(() => (sought.value = text), PAUSE_MS)
  }
  return { choices, loading: found.loading, search }
}
