// The list of members as the address asks for it, and the ways to ask for something else.

import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useLive } from '@/api/events'
import { useLoad } from '@/api/useLoad'
import type { Sorting } from '@/ui/table'
import { countMembers, readMembers, readPlace, readPlaces, type Row } from './members'
import {
  fromStart,
  ORDERS,
  readQuery,
  sortingOf,
  stepBack,
  stepOn,
  writeQuery,
  type MembersQuery,
} from './query'

const HERE = 'dossier.members'

export function useMembers() {
  const route = useRoute()
  const router = useRouter()

  const places = useLoad(
    () => true,
    (_, signal) => readPlaces(signal),
  )
  const asked = computed<MembersQuery>(() => {
    const query = readQuery(route.query)
    return { ...query, organisation: query.organisation || (places.data.value?.[0]?.value ?? '') }
  })
  // While the page is being left, the address is another's.
  const source = computed(() =>
    asked.value.organisation && route.name === HERE ? asked.value : undefined,
  )
  const list = useLoad(() => source.value, readMembers)
  const count = useLoad(() => (source.value?.on ? undefined : source.value), countMembers)
  const place = useLoad(() => source.value?.organisation, readPlace)
  useLive(
    (fact) => fact.kind.startsWith('registry.'),
    () => void Promise.all([list.reload(), count.reload()]),
  )

  /** Typing leaves no steps in the browser's history; all else does. */
  async function ask(query: MembersQuery, typed = false): Promise<void> {
    const to = { name: HERE, query: writeQuery(query) }
    await (typed ? router.replace(to) : router.push(to))
  }

  const trail = () => (history.state as { trail?: string[] } | null)?.trail ?? []
  async function turn({ asked: query, trail: way }: ReturnType<typeof stepOn>): Promise<void> {
    await router.push({ name: HERE, query: writeQuery(query), state: { trail: way } })
  }
  const next = computed(() => list.data.value?.next ?? undefined)

  return {
    places,
    place,
    asked,
    list,
    count,
    rows: computed<readonly Row[]>(() => list.data.value?.items ?? []),
    problem: computed(() => list.problem.value ?? places.problem.value),
    sorting: computed<Sorting | undefined>({
      get: () => sortingOf(asked.value),
      set: (wanted) => {
        const order = ORDERS.find((one) => one === wanted?.id) ?? 'name'
        void ask({ ...fromStart(asked.value), order, descending: wanted?.descending ?? false })
      },
    }),
    next,
    ask,
    forward: () => next.value && turn(stepOn(asked.value, trail(), next.value)),
    back: () => turn(stepBack(asked.value, trail())),
    retry: () => void Promise.all([places.reload(), list.reload()]),
  }
}
