// How an organisation stood on a day that is looked at: its head and how many it had.

import { computed } from 'vue'
import { useLoad } from '@/api/useLoad'
import { readCountsOn, readStood, type View } from '../readOrganisations'

export function useDay(id: () => string, view: () => View) {
  const asked = () => (view().on ? { id: id(), view: view() } : undefined)
  const then = useLoad(asked, (of, signal) => readCountsOn(of.id, of.view, signal))
  const past = useLoad(asked, (of, signal) => readStood(of.id, of.view, signal))
  /** What was read may still be of another organisation or day. */
  const stood = computed(() => {
    const read = past.data.value
    return read?.organisation === id() && read.on === view().on ? read : undefined
  })
  function reload(): void {
    void then.reload()
    void past.reload()
  }
  return { then, stood, reload }
}
