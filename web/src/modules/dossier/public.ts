// What other modules may take from this one: the views of the list of members that somebody saved.

import { FILTERS } from './members/query'
import { keptViews } from './members/views'

export interface MemberView {
  name: string
  /** The organisation that it was saved at; empty: where one's roles are held. */
  organisation: string
  /** What of the members it asks for, as the list of members does. */
  filters: Record<string, string>
}

/** The views of an account, of today's members, that leave some of them out. */
export function memberViews(account: string): MemberView[] {
  return keptViews(account).flatMap(({ name, query }) => {
    const set = FILTERS.flatMap((filter) => {
      const value = query[filter]
      return value ? [[filter, value] as const] : []
    })
    if (query.on || set.length === 0) return []
    return [{ name, organisation: query.organisation ?? '', filters: Object.fromEntries(set) }]
  })
}
