// Where this person's roles are held, and what they can find from there by typing.

import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { api, ask, type Shape } from './api'
import { useLoad, type Load } from './useLoad'
import { useSession } from './session'
import type { Choice } from '@/ui/control'

export type Place = Shape<'registry.Branch'>
export type FoundKind = 'organisation' | 'person'

const MOST_PLACES = 50
const MOST_FOUND = 20
const MOST_CHILDREN = 50
const PAUSE_MS = 200

/** The highest organisations of this person's scope. */
export function usePlaces(): Load<Place[]> {
  const session = useSession()
  return useLoad(
    () => (session.may('registry.read') ? true : undefined),
    async (_, signal) => {
      const query = { limit: MOST_PLACES }
      return (await ask(api.GET('/api/v1/organisations', { params: { query }, signal }))).items
    },
  )
}

/** One organisation with the line above it. */
export function useOrganisation(id: () => string | undefined) {
  return useLoad(id, (organisation, signal) =>
    ask(
      api.GET('/api/v1/organisations/{organisation}', {
        params: { path: { organisation } },
        signal,
      }),
    ),
  )
}

/** The organisations directly below one. */
export function useChildren(id: () => string | undefined): Load<Place[]> {
  return useLoad(id, async (organisation, signal) => {
    const params = { path: { organisation }, query: { limit: MOST_CHILDREN } }
    const address = '/api/v1/organisations/{organisation}/children'
    return (await ask(api.GET(address, { params, signal }))).items
  })
}

export interface Finder {
  choices: ComputedRef<Choice[]>
  loading: Readonly<Ref<boolean>>
  /** For the `search` of a Combobox. */
  search: (text: string) => void
}

/** Finds organisations or members for a Combobox; before anything is typed it offers `first`. */
export function useFinder(
  kind: () => FoundKind,
  first: () => readonly Choice[] = () => [],
): Finder {
  const sought = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  const found = useLoad(
    () => sought.value || undefined,
    (q, signal) =>
      ask(api.GET('/api/v1/search', { params: { query: { q, limit: MOST_FOUND } }, signal })),
  )
  const choices = computed<Choice[]>(() => {
    if (!sought.value) return [...first()]
    const { organisations = [], persons = [] } = found.data.value ?? {}
    return kind() === 'person'
      ? persons.map((one) => ({
          value: one.person,
          text: one.name,
          more: `${one.number} · ${one.organisation_name}`,
        }))
      : organisations
          .filter((one) => !one.ended)
          .map((one) => ({ value: one.organisation, text: one.name, more: one.code }))
  })
  function search(text: string): void {
    clearTimeout(timer)
    timer = setTimeout(() => (sought.value = text), PAUSE_MS)
  }
  return { choices, loading: found.loading, search }
}
