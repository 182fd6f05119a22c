// Which branch and months the grid shows, kept in the URL.

import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { usePlaces } from '@/api/places'
import { today } from '@/lib/format'
import { useNarrow } from '@/lib/narrow'
import { usePreferences } from '@/lib/preferences'
import { isMonth, lastMonth } from './grid'

const WIDE = 6
const NARROW = 3
const LARGE = 2

export function useGridPlace() {
  const route = useRoute()
  const router = useRouter()
  const own = usePlaces()
  const places = computed(() => own.data.value ?? [])
  const said = (name: string) => {
    const value = route.query[name]
    return typeof value === 'string' ? value : ''
  }
  const at = computed(() => said('at') || places.value[0]?.organisation)
  const until = computed(() => {
    const now = today().slice(0, 7)
    const wanted = said('until')
    return isMonth(wanted) && wanted <= lastMonth(now) ? wanted : now
  })
  const unpaid = computed(() => said('show') === 'unpaid')
  const first = computed(() => said('person'))

  // A phone shows fewer months, each wide enough for a finger and all of them in sight.
  const isNarrow = useNarrow()
  const preferences = usePreferences()
  const onPhone = computed(() => (preferences.elder ? LARGE : NARROW))
  const shown = computed(() => (isNarrow.value ? onPhone.value : WIDE))

  function set(name: string, value: string): void {
    const query = Object.fromEntries(
      Object.entries({ ...route.query, [name]: value }).filter(([, now]) => now),
    )
    if (name === 'at') delete query.person
    void (name === 'at' ? router.push({ query }) : router.replace({ query }))
  }
  return { at, until, unpaid, first, shown, places, set }
}
