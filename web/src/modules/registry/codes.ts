// The words of codes, as the pages of organisations ask for them.

import { useCodes as useWords } from '@/api/codes'
import type { Choice } from '@/ui/control'

/** Regions, grids, firms and societies stand in other structures than the Party's. */
const OF_NO_PARTY = ['party_region', 'grid', 'enterprise', 'social_organisation']

/** `word('organisation_kind', 'branch')`; a code without a word is shown as it is. */
export function useCodes() {
  const { set, entries, label } = useWords()
  const choices = (name: string): Choice[] =>
    entries(name).map((entry) => ({ value: entry.code, text: entry.label }))
  return {
    word: label,
    title: (name: string) => set(name)?.label ?? name,
    choices,
    /** Kinds that an organisation of the Party may be of. */
    partyKinds: () =>
      choices('organisation_kind').filter(({ value }) => !OF_NO_PARTY.includes(value)),
  }
}
