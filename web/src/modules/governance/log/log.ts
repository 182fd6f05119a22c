// The ledger as auditors read it: ids, kinds, days; what a fact says of itself.

import { api, ask, type Page, type Shape } from '@/api/api'

export type Fact = Shape<'governance.LoggedFact'>
export type Kind = Shape<'governance.ShownKind'>

export interface Filters {
  kind: string
  from: string
  to: string
  organisation: string
  person: string
  actor: string
}

export const FILTERS = ['kind', 'from', 'to', 'organisation', 'person', 'actor'] as const
const PAGE = 50
/** What stands for none among ids. */
export const NONE = '0'

/** Ids that are none are not asked for: the server would refuse the whole question. */
export function queryOf(filters: Filters): Record<string, string> {
  const query: Record<string, string> = {}
  for (const name of FILTERS) {
    const value = filters[name].trim()
    const isId = name === 'organisation' || name === 'person' || name === 'actor'
    if (value && (!isId || /^\d{1,19}$/.test(value))) query[name] = value
  }
  return query
}

export async function readFacts(
  filters: Filters,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<Fact>> {
  const query = { ...queryOf(filters), limit: PAGE, ...(after !== undefined && { after }) }
  return ask(api.GET('/api/v1/facts', { params: { query }, signal }))
}

export async function readKinds(signal: AbortSignal): Promise<Kind[]> {
  return (await ask(api.GET('/api/v1/fact-kinds', { signal }))).items
}

export interface Detail {
  name: string
  value: string
}

/** What a fact says of itself, name by name; as it is where it is no JSON object. */
export function detailsOf(payload: string): Detail[] {
  if (payload === '') return []
  let parsed: unknown
  try {
    parsed = JSON.parse(payload)
  } catch {
    return [{ name: '', value: payload }]
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return [{ name: '', value: payload }]
  return Object.entries(parsed).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }))
}

/** Signs of it in a row of the list. */
const MOST_SIGNS = 60

export function summaryOf(payload: string): string {
  const text = detailsOf(payload)
    .map(({ name, value }) => (name ? `${name}: ${value}` : value))
    .join(' · ')
  return text.length > MOST_SIGNS ? `${text.slice(0, MOST_SIGNS - 1)}…` : text
}

/** The modules of kinds, each of which can be asked for as a whole. */
export function modulesOf(kinds: readonly Kind[]): string[] {
  return [...new Set(kinds.map(({ kind }) => kind.split('.')[0] ?? kind))]
}
