// Pages that look at one organisation: which one stands in the address, with what else the page is
// narrowed by, so that such a page can be sent to somebody and gone back to.

import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useOrganisation, usePlaces } from './places'

/** `otherwise`: where one looks while the address names nothing; the highest of one's own, if not said. */
export function usePlaced(otherwise?: () => string) {
  const route = useRoute()
  const router = useRouter()
  const places = usePlaces()

  /** One word of the address, '' where it is not there. */
  const text = (name: string): string => {
    const value = route.query[name]
    return typeof value === 'string' ? value : ''
  }
  const first = () => places.data.value?.[0]?.organisation ?? ''
  const at = computed(() => text('at') || (otherwise ?? first)())
  const place = useOrganisation(() => at.value || undefined)

  /** Changes some of the address; what is empty leaves it. */
  function turn(change: Record<string, string>): void {
    const query = Object.entries({ ...route.query, ...change }).filter(([, value]) => value)
    void router.replace({ query: Object.fromEntries(query) })
  }
  return { at, place, places, text, turn, first }
}
