// The board's place and filters, kept in the URL so that back, reload and a sent link show the same.

import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { usePlaces } from '@/api/places'
import { filterOf, type Filter } from './lights'

export type Part = 'list' | 'trend'

export function useBoard() {
  const route = useRoute()
  const router = useRouter()
  const places = usePlaces()
  const filter = computed(() => filterOf(route.query))
  /** The organisation whose lights, and those of all below it, are shown. */
  const at = computed(() =>
    typeof route.query.at === 'string' && /^\d+$/.test(route.query.at)
      ? route.query.at
      : places.data.value?.[0]?.organisation,
  )
  const part = computed<Part>(() => (route.query.part === 'trend' ? 'trend' : 'list'))

  /** Changes some of the query; what is empty leaves it. */
  function turn(change: Record<string, string>, push = false): void {
    const query = Object.fromEntries(
      Object.entries({ ...route.query, ...change }).filter(([, value]) => value),
    )
    void (push ? router.push({ query }) : router.replace({ query }))
  }
  const set = (name: keyof Filter | 'as_of', value: string) => turn({ [name]: value })
  return { places, filter, at, part, turn, set }
}
