// What the list of members is asked for, as it stands in the address: a link tells all of it.

import type { LocationQuery } from 'vue-router'
import type { Sorting } from '@/ui/table'

export const FILTERS = [
  'name',
  'stage',
  'status',
  'sex',
  'education',
  'born_from',
  'born_to',
  'joined_from',
  'joined_to',
  'education_band',
  'occupation_band',
  'ethnic_group',
] as const
export type Filter = (typeof FILTERS)[number]

export const ORDERS = ['name', 'birth', 'joined', 'number', 'organisation'] as const
export type Order = (typeof ORDERS)[number]

/** Of these a list of another day knows. */
export const FILTERS_OF_A_DAY: readonly Filter[] = ['name', 'stage', 'status', 'sex']
/** By these it is sorted. */
export const ORDERS_OF_A_DAY = ['name', 'number'] as const

export interface MembersQuery {
  organisation: string
  /** Of the organisation itself, without those below. */
  direct: boolean
  filters: Record<Filter, string>
  order: Order
  descending: boolean
  /** As of this day; empty: as it is now. */
  on: string
  after: string
  page: number
}

function textOf(query: LocationQuery, name: string): string {
  const value = query[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

export function readQuery(query: LocationQuery): MembersQuery {
  const filters = Object.fromEntries(FILTERS.map((name) => [name, textOf(query, name)]))
  const order = ORDERS.find((name) => name === textOf(query, 'order')) ?? 'name'
  const after = textOf(query, 'after')
  const page = Number(textOf(query, 'page'))
  return {
    organisation: textOf(query, 'organisation'),
    direct: textOf(query, 'direct') === 'true',
    filters: filters as Record<Filter, string>,
    order,
    descending: textOf(query, 'descending') === 'true',
    on: textOf(query, 'on'),
    after,
    page: after && Number.isInteger(page) && page > 1 ? page : after ? 2 : 1,
  }
}

/** What is usual is left out, so that addresses stay short. */
export function writeQuery(asked: MembersQuery): Record<string, string> {
  const query: Record<string, string> = {}
  if (asked.organisation) query.organisation = asked.organisation
  if (asked.direct) query.direct = 'true'
  for (const name of FILTERS) if (asked.filters[name]) query[name] = asked.filters[name]
  if (asked.order !== 'name') query.order = asked.order
  if (asked.descending) query.descending = 'true'
  if (asked.on) query.on = asked.on
  if (asked.after) {
    query.after = asked.after
    query.page = String(asked.page)
  }
  return query
}

/** From its beginning again: where a filter changed, a place in the list means nothing. */
export function fromStart(asked: MembersQuery): MembersQuery {
  return { ...asked, after: '', page: 1 }
}

export function withFilter(asked: MembersQuery, name: Filter, value: string): MembersQuery {
  return fromStart({ ...asked, filters: { ...asked.filters, [name]: value } })
}

export function withoutFilters(asked: MembersQuery): MembersQuery {
  return { ...readQuery({}), organisation: asked.organisation, on: asked.on }
}

/** The filters that are set and that count in this list. */
export function setFilters(asked: MembersQuery): Filter[] {
  const counting = asked.on ? FILTERS_OF_A_DAY : FILTERS
  return counting.filter((name) => asked.filters[name] !== '')
}

export function sortingOf(asked: MembersQuery): Sorting | undefined {
  const known = !asked.on || ORDERS_OF_A_DAY.some((one) => one === asked.order)
  return known ? { id: asked.order, descending: asked.descending } : undefined
}

/**
 * The way to a page: the place of each one before it, so that one comes back by the same way.
 * `trail[0]` leads to the second page.
 */
export function stepOn(asked: MembersQuery, trail: readonly string[], next: string) {
  const known = trail.slice(0, asked.page - 1)
  return { asked: { ...asked, after: next, page: asked.page + 1 }, trail: [...known, next] }
}

/** A page back; where the way is not known (a link from elsewhere), to the beginning. */
export function stepBack(asked: MembersQuery, trail: readonly string[]) {
  const after = trail[asked.page - 3]
  if (asked.page <= 2 || after === undefined) return { asked: fromStart(asked), trail: [] }
  return { asked: { ...asked, after, page: asked.page - 1 }, trail: trail.slice(0, asked.page - 2) }
}
