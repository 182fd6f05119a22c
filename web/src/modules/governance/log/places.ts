// Organisations that one audits, found by typing a name or a code.

import { computed, ref } from 'vue'
import { api, ask } from '@/api/api'
import { useLoad } from '@/api/useLoad'
import type { Choice } from '@/ui/control'

const PAUSE_MS = 200

export function useAuditPlaces(id: () => string) {
  const sought = ref('')
  const known = ref<Choice>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const found = useLoad(
    () => sought.value || undefined,
    (q, signal) => ask(api.GET('/api/v1/audit/places', { params: { query: { q } }, signal })),
  )
  const choices = computed<Choice[]>(() =>
    (sought.value ? (found.data.value?.items ?? []) : []).map((one) => ({
      value: one.organisation,
      text: one.name,
      more: one.code,
    })),
  )
  /** A link may hold an id whose name was never read: then that is what is shown. */
  const chosen = computed<Choice | undefined>(() => {
    if (!id()) return undefined
    return known.value?.value === id() ? known.value : { value: id(), text: id() }
  })
  function search(text: string): void {
    clearTimeout(timer)
    timer = setTimeout(() => (sought.value = text), PAUSE_MS)
  }
  function remember(choice: Choice): void {
    known.value = choice
  }
  return { choices, chosen, loading: found.loading, search, remember }
}
