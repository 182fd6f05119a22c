// What the wall shows of one organisation and all below it. Each function is one question to the
// server, whose answer a list of the workbench gives as well.

import { api, ask, type Shape } from '@/api/api'
import { send } from '@/api/http'
import { addDays } from '@/lib/days'
import { Problem } from '@/lib/problem'
import type { AreaShapes } from '@/ui/chart/option'
import { addMonths, spansBefore } from './months'

export type Organisation = Shape<'registry.OrganisationPage'>
export type Branch = Shape<'registry.Branch'>
export type Band = Shape<'insight.ShownBand'>
export type LightCount = Shape<'insight.LightCount'>
export type ChildLights = Shape<'insight.ChildLights'>
export type LightPoint = Shape<'insight.LightPoint'>
export type Month = Shape<'trend.Point'>
export type TermCounts = Shape<'insight.TermCounts'>
export type Term = Shape<'insight.Term'>

/** Of one level of the tree; of them those whose own children are read, too. */
const MOST_CHILDREN = 200
const MOST_WITH_CHILDREN = 12
/** Of terms that end, in pages. */
const PAGE = 2000
const MOST_PAGES = 2
/** How far ahead the calendar looks; how far back trends do. */
export const MONTHS_AHEAD = 24
export const MONTHS_BACK = 12
const MONTHS_OF_TOTAL = 12
const WEEKS_BACK = 26

export async function readPlaces(signal: AbortSignal): Promise<Branch[]> {
  const query = { limit: 20 }
  return (await ask(api.GET('/api/v1/organisations', { params: { query }, signal }))).items
}

function of(organisation: string) {
  return { path: { organisation } }
}

export function readOrganisation(organisation: string, signal: AbortSignal): Promise<Organisation> {
  const params = of(organisation)
  return ask(api.GET('/api/v1/organisations/{organisation}', { params, signal }))
}

/** What stands directly below. */
export async function readChildren(organisation: string, signal: AbortSignal): Promise<Branch[]> {
  const params = { ...of(organisation), query: { limit: MOST_CHILDREN } }
  const address = '/api/v1/organisations/{organisation}/children'
  return (await ask(api.GET(address, { params, signal }))).items
}

export interface Area extends Branch {
  parts: Branch[]
}

/** What stands below the largest of them, by what it stands below. */
export async function readParts(
  children: readonly Branch[],
  signal: AbortSignal,
): Promise<Map<string, Branch[]>> {
  const large = [...children]
    .filter((child) => Number(child.children) > 0)
    .sort((one, other) => Number(other.members) - Number(one.members))
    .slice(0, MOST_WITH_CHILDREN)
  return new Map(
    await Promise.all(
      large.map(async ({ organisation }): Promise<[string, Branch[]]> => [
        organisation,
        await readChildren(organisation, signal),
      ]),
    ),
  )
}

export async function readStructure(organisation: string, signal: AbortSignal) {
  const params = of(organisation)
  return ask(api.GET('/api/v1/organisations/{organisation}/structure', { params, signal }))
}

export async function readCounts(organisation: string, signal: AbortSignal): Promise<LightCount[]> {
  const params = of(organisation)
  const address = '/api/v1/organisations/{organisation}/lights/counts'
  return (await ask(api.GET(address, { params, signal }))).counts
}

/** Lights in and below each of what stands directly below. */
export async function readLightsBelow(
  organisation: string,
  signal: AbortSignal,
): Promise<ChildLights[]> {
  const params = of(organisation)
  const address = '/api/v1/organisations/{organisation}/lights/below'
  return (await ask(api.GET(address, { params, signal }))).items
}

/** How many were on week by week. */
export async function readTrend(
  organisation: string,
  today: string,
  signal: AbortSignal,
): Promise<LightPoint[]> {
  const from = addMonths(today, -Math.round(WEEKS_BACK / 4.35))
  const params = { ...of(organisation), query: { step: 'week' as const, from } }
  const address = '/api/v1/organisations/{organisation}/lights/trend'
  return (await ask(api.GET(address, { params, signal }))).points
}

export async function readMonths(
  organisation: string,
  today: string,
  signal: AbortSignal,
): Promise<Month[]> {
  const from = `${addMonths(today, -MONTHS_BACK).slice(0, 7)}-01`
  const params = { ...of(organisation), query: { step: 'month' as const, from } }
  const address = '/api/v1/organisations/{organisation}/trend'
  return (await ask(api.GET(address, { params, signal }))).items
}

/** How many terms end in each of the months to come, and how many have ended. */
async function countTerms(
  organisation: string,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<TermCounts> {
  const params = { ...of(organisation), query: { from, to } }
  const address = '/api/v1/organisations/{organisation}/terms/counts'
  return ask(api.GET(address, { params, signal }))
}

export function readCalendar(
  organisation: string,
  today: string,
  signal: AbortSignal,
): Promise<TermCounts> {
  return countTerms(organisation, today, addMonths(today, MONTHS_AHEAD), signal)
}

/** How many end within a year, those past their end included. */
export async function readEndings(
  organisation: string,
  today: string,
  signal: AbortSignal,
): Promise<number> {
  const { before, months } = await countTerms(
    organisation,
    today,
    addMonths(today, MONTHS_OF_TOTAL),
    signal,
  )
  return months.reduce((sum, month) => sum + Number(month.terms), Number(before))
}

export interface Terms {
  terms: Term[]
  /** There are more than were read. */
  cut: boolean
}

/** Those that end within some days, the earliest first. */
async function termsWithin(
  organisation: string,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<Terms> {
  const terms: Term[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { from, to, limit: PAGE, ...(after !== null && { after }) }
    const params = { ...of(organisation), query }
    const address = '/api/v1/organisations/{organisation}/terms'
    const read: { items: Term[]; next: string | null } = await ask(
      api.GET(address, { params, signal }),
    )
    terms.push(...read.items)
    after = read.next
    if (after === null) break
  }
  return { terms, cut: after !== null }
}

/** Whose term ends in the calendar's months, after those whose has ended already. */
export async function readTerms(
  organisation: string,
  today: string,
  signal: AbortSignal,
): Promise<Terms> {
  const half = addMonths(today, MONTHS_AHEAD / 2)
  const spans = [
    ...spansBefore(today),
    { from: today, to: half },
    { from: addDays(half, 1), to: addMonths(today, MONTHS_AHEAD) },
  ]
  const parts = await Promise.all(
    spans.map(({ from, to }) => termsWithin(organisation, from, to, signal)),
  )
  return {
    terms: parts.flatMap((part) => part.terms),
    cut: parts.some((part) => part.cut),
  }
}

/** The boundaries that whoever runs the server named; null where there are none. */
export async function readBoundary(signal: AbortSignal): Promise<AreaShapes | null> {
  try {
    const answer = await send(new Request('/api/v1/boundary', { signal }))
    return (await answer.json()) as AreaShapes
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null
    throw error
  }
}

/** The words of codes, by set and code. */
export async function readWords(signal: AbortSignal): Promise<Map<string, string>> {
  const { items } = await ask(api.GET('/api/v1/codes', { signal }))
  return new Map(
    items.flatMap((set) =>
      set.entries.map(({ code, label }): [string, string] => [`${set.name}/${code}`, label]),
    ),
  )
}

export async function readRuleTitles(signal: AbortSignal): Promise<Map<string, string>> {
  const { items } = await ask(api.GET('/api/v1/rules', { signal }))
  return new Map(items.map((rule) => [rule.rule, rule.title]))
}
