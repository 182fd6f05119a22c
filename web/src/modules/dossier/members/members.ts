// Reading the list of members, and where it is taken from.

import { api, ask, type Page, type Shape } from '@/api/api'
import { listAddress } from '@/modules/live/public'
import type { Choice } from '@/ui/control'
import { FILTERS, FILTERS_OF_A_DAY, ORDERS_OF_A_DAY, type MembersQuery } from './query'

/** A row of either list: that of another day knows less. */
export type Row = Shape<'registry.MemberOn'> & Partial<Shape<'registry.MemberRow'>>

export const ROWS = 50
const MOST_PLACES = 50
const MOST_HITS = 12

function filtersOf(asked: MembersQuery) {
  const set = FILTERS.filter((name) => asked.filters[name] !== '')
  return {
    ...Object.fromEntries(set.map((name) => [name, asked.filters[name]])),
    ...(asked.direct ? { direct: true } : {}),
  }
}

/** The filters and the order that the list of another day knows. */
function ofADay(asked: MembersQuery) {
  const set = FILTERS_OF_A_DAY.filter((name) => asked.filters[name] !== '')
  const order = ORDERS_OF_A_DAY.find((one) => one === asked.order)
  return {
    ...Object.fromEntries(set.map((name) => [name, asked.filters[name]])),
    ...(order && { order, descending: asked.descending }),
  }
}

export async function readMembers(
  asked: MembersQuery,
  signal: AbortSignal,
  limit = ROWS,
): Promise<Page<Row>> {
  const place = { limit, ...(asked.after ? { after: asked.after } : {}) }
  const path = { organisation: asked.organisation }
  if (asked.on) {
    const query = { ...place, on: asked.on, ...ofADay(asked) }
    const params = { path, query }
    const address = '/api/v1/organisations/{organisation}/history/members'
    return ask(api.GET(address, { params, signal }))
  }
  const { order, descending } = asked
  const query = { ...place, ...filtersOf(asked), order, descending }
  return ask(
    api.GET('/api/v1/organisations/{organisation}/members', { params: { path, query }, signal }),
  )
}

export async function countMembers(asked: MembersQuery, signal: AbortSignal): Promise<string> {
  const params = { path: { organisation: asked.organisation }, query: filtersOf(asked) }
  const address = '/api/v1/organisations/{organisation}/members/count'
  return (await ask(api.GET(address, { params, signal }))).members
}

/** The address of the list as it is asked for, with the columns that are shown. */
export function listOf(asked: MembersQuery, columns: readonly string[]): string {
  const base = `/api/v1/organisations/${asked.organisation}`
  const fields = columns.join(',')
  if (asked.on)
    return listAddress(`${base}/history/members`, { on: asked.on, ...ofADay(asked), fields })
  const { order, descending } = asked
  const sorting = { order, ...(descending ? { descending } : {}) }
  return listAddress(`${base}/members`, { ...filtersOf(asked), ...sorting, fields })
}

/** Where the caller's roles are held. */
export async function readPlaces(signal: AbortSignal): Promise<Choice[]> {
  const query = { limit: MOST_PLACES }
  const page = await ask(api.GET('/api/v1/organisations', { params: { query }, signal }))
  return page.items.map((one) => ({ value: one.organisation, text: one.name, more: one.code }))
}

export async function findPlaces(q: string, signal: AbortSignal): Promise<Choice[]> {
  const query = { q, limit: MOST_HITS }
  const { organisations } = await ask(api.GET('/api/v1/search', { params: { query }, signal }))
  return organisations.map((one) => ({
    value: one.organisation,
    text: one.name,
    more: one.code,
  }))
}

export async function readPlace(organisation: string, signal: AbortSignal): Promise<Choice> {
  const params = { path: { organisation } }
  const one = await ask(api.GET('/api/v1/organisations/{organisation}', { params, signal }))
  return { value: one.organisation, text: one.name, more: one.code }
}
