// The words of codes, as the server has them: read once, in the language of the page.

import { computed, shallowRef } from 'vue'
import { api, ask, type Shape } from '@/api/api'
import { useLoad } from '@/api/useLoad'
import { language } from '@/lib/texts'

type Codes = Shape<'api.ShownCodeSet'>[]

const kept = shallowRef<{ language: string; sets: Codes }>()

async function read(wanted: string, signal: AbortSignal): Promise<Codes> {
  if (kept.value?.language === wanted) return kept.value.sets
  const { items } = await ask(api.GET('/api/v1/codes', { signal }))
  kept.value = { language: wanted, sets: items }
  return items
}

/** Regions, grids, firms and societies stand in other structures than the Party's. */
const OF_NO_PARTY = ['party_region', 'grid', 'enterprise', 'social_organisation']

/** `word('organisation_kind', 'branch')`; a code without a word is shown as it is. */
export function useCodes() {
  const load = useLoad(() => language(), read)
  const sets = computed(() => new Map((load.data.value ?? []).map((set) => [set.name, set])))
  const entries = (set: string) => sets.value.get(set)?.entries ?? []
  return {
    word: (set: string, code: string) =>
      entries(set).find((entry) => entry.code === code)?.label ?? code,
    title: (set: string) => sets.value.get(set)?.label ?? set,
    choices: (set: string) =>
      entries(set).map((entry) => ({ value: entry.code, text: entry.label })),
    /** Kinds that an organisation of the Party may be of. */
    partyKinds: () =>
      entries('organisation_kind')
        .filter((entry) => !OF_NO_PARTY.includes(entry.code))
        .map((entry) => ({ value: entry.code, text: entry.label })),
  }
}
