// Lights as the board reads them: what it filters by stands in the URL's query.

import type { LocationQuery } from 'vue-router'
import { api, ask, type Page, type Shape } from '@/api/api'

export type Light = Shape<'insight.ListedLight'>
export type Rule = Shape<'insight.ShownRule'>
export type Count = Shape<'insight.LightCount'>
export type State = Light['state']

export const LEVELS = ['red', 'yellow'] as const
export const STATES = ['open', 'taken', 'explained', 'waived'] as const
const A_PAGE = 50

export interface Filter {
  rule: string
  level: '' | (typeof LEVELS)[number]
  state: '' | State
  order: 'due' | 'organisation'
  asOf: string
}

function one<Value extends string>(query: unknown, known: readonly Value[]): Value | '' {
  return known.find((value) => value === query) ?? ''
}

/** What the query says; what it says wrongly counts for nothing. */
export function filterOf(query: LocationQuery): Filter {
  const { as_of: asOf, rule } = query
  const day = typeof asOf === 'string' && /^\d{4}-\d\d-\d\d$/.test(asOf) ? asOf : ''
  return {
    rule: typeof rule === 'string' ? rule : '',
    level: one(query.level, LEVELS),
    state: day ? '' : one(query.state, STATES), // of another day nobody knows who had taken what
    order: query.order === 'organisation' ? 'organisation' : 'due',
    asOf: day,
  }
}

/** A filter as the server's list takes it. */
export function queryOf(filter: Filter) {
  return {
    order: filter.order,
    ...(filter.rule && { rule: filter.rule }),
    ...(filter.level && { level: filter.level }),
    ...(filter.state && { state: filter.state }),
    ...(filter.asOf && { as_of: filter.asOf }),
  }
}

export async function readLights(
  organisation: string,
  filter: Filter,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<Light>> {
  const query = { ...queryOf(filter), limit: A_PAGE, ...(after && { after }) }
  const params = { path: { organisation }, query }
  return ask(api.GET('/api/v1/organisations/{organisation}/lights', { params, signal }))
}

export async function readCounts(organisation: string, signal: AbortSignal): Promise<Count[]> {
  const params = { path: { organisation } }
  const address = '/api/v1/organisations/{organisation}/lights/counts'
  return (await ask(api.GET(address, { params, signal }))).counts
}

export async function readRules(signal: AbortSignal): Promise<Rule[]> {
  return (await ask(api.GET('/api/v1/rules', { signal }))).items
}

export interface RuleCount {
  rule: string
  red: number
  yellow: number
}

/** By rule, the most red first. */
export function byRule(counts: readonly Count[]): RuleCount[] {
  const rules = new Map<string, RuleCount>()
  for (const count of counts) {
    const row = rules.get(count.rule) ?? { rule: count.rule, red: 0, yellow: 0 }
    if (count.level === 'red') row.red += Number(count.lights)
    else row.yellow += Number(count.lights)
    rules.set(count.rule, row)
  }
  return [...rules.values()].sort(
    (a, b) => b.red - a.red || b.yellow - a.yellow || a.rule.localeCompare(b.rule),
  )
}

/** Of all, or of one rule. */
export function total(counts: readonly RuleCount[], level: 'red' | 'yellow', rule = ''): number {
  return counts
    .filter((count) => !rule || count.rule === rule)
    .reduce((sum, count) => sum + count[level], 0)
}
