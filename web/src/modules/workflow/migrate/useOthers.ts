// The versions of a process and the cases that go on by others than the target, as the address of
// the page narrows them.

import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useLive } from '@/api/events'
import { useOrganisation, usePlaces } from '@/api/places'
import { useLoad, usePages } from '@/api/useLoad'
import { readVersions } from '../definitions/definitions'
import { isOther, readOthers } from './migrate'

export function useOthers(process: () => string) {
  const route = useRoute()
  const router = useRouter()
  const places = usePlaces()

  const text = (name: string) => {
    const value = route.query[name]
    return typeof value === 'string' ? value : ''
  }
  function turn(change: Record<string, string>): void {
    const query = Object.entries({ ...route.query, ...change }).filter(([, value]) => value)
    void router.replace({ query: Object.fromEntries(query) })
  }

  const loaded = useLoad(process, (of, signal) => readVersions(of, signal))
  const versions = computed(() => loaded.data.value ?? [])
  const to = computed(() => versions.value.find(({ id }) => id === text('to')) ?? versions.value[0])
  const from = computed(() =>
    versions.value.find((one) => one.id === text('from') && one !== to.value),
  )
  const organisation = computed(() => text('at') || (places.data.value?.[0]?.organisation ?? ''))
  const place = useOrganisation(() => organisation.value || undefined)
  const status = computed(() => text('status') || 'running')
  const pages = usePages(
    () =>
      organisation.value && to.value
        ? {
            organisation: organisation.value,
            process: process(),
            status: status.value,
            person: text('person'),
            to: to.value.version,
            from: from.value?.version,
          }
        : undefined,
    (asked, after, signal) => readOthers(asked, after, signal),
  )
  useLive(
    (fact) => fact.kind.startsWith('workflow.'),
    () => void pages.reload(),
  )
  // Until the new list is there the old one stays: what of it does not go to the new target goes.
  const cases = computed(() => {
    const by = { to: to.value?.version ?? 0, from: from.value?.version }
    return pages.items.value.filter((one) => isOther(by, one))
  })
  return { text, turn, places, place, loaded, versions, to, from, status, pages, cases }
}
