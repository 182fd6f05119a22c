// The base of each member of a branch for a year: who has one, for whom it is being fixed, who
// lacks it; and beginning it for those.

import { api, ask, type Page, type Shape } from '@/api/api'
import { Problem } from '@/lib/problem'
import { readAccount } from '../account/account'

export type Begun = Shape<'workflow.RoundBegun'>

export interface Line {
  person: string
  name: string
  number: string
  /** Read one after the other: undefined until this one is there. */
  fixed: { monthly: string; on: string } | false | undefined
  /** The case that is fixing it. */
  running: string
}

/** As the server bounds what is begun at once. */
export const MOST_OF_ROUND = 500
const A_PAGE = 200
const AT_ONCE = 4

async function whole<Item>(
  most: number,
  read: (after: string | undefined) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = []
  let after: string | undefined
  do {
    const page = await read(after)
    items.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined && items.length < most)
  return items.slice(0, most)
}

/** Whom a case of the year is running for: as a round would find, which is tried and not kept. */
async function readRunningOf(organisation: string, year: number, signal: AbortSignal) {
  const params = { path: { organisation }, query: { preview: true } }
  const body = { process: 'dues_base', variables: { year } }
  const address = '/api/v1/organisations/{organisation}/rounds'
  const tried = await ask(api.POST(address, { params, body, signal }))
  const running = new Map<string, string>()
  for (const one of tried.items) if (!one.begun) running.set(one.person, one.case_id)
  return running
}

/** Whoever may not begin it is told of any case that runs. */
async function readRunning(organisation: string, signal: AbortSignal) {
  const cases = await whole(MOST_OF_ROUND, (after) => {
    const filter = { process: 'dues_base', status: 'running', limit: A_PAGE }
    const query = { ...filter, ...(after && { after }) }
    const params = { path: { organisation }, query }
    return ask(api.GET('/api/v1/organisations/{organisation}/cases', { params, signal }))
  })
  return new Map(cases.map((one) => [one.person, one.case_id]))
}

/** The members who belong there directly and are in good standing, as a round takes them. */
export async function readLines(
  organisation: string,
  year: number,
  signal: AbortSignal,
): Promise<Line[]> {
  const members = await whole(MOST_OF_ROUND, (after) => {
    const filter = { direct: true, status: 'normal', order: 'name' as const, limit: A_PAGE }
    const query = { ...filter, fields: 'person,name,number', ...(after && { after }) }
    const params = { path: { organisation }, query }
    return ask(api.GET('/api/v1/organisations/{organisation}/members', { params, signal }))
  })
  const running = await readRunningOf(organisation, year, signal).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error
    return readRunning(organisation, signal)
  })
  return members.map(({ person, name, number }) => ({
    person,
    name,
    number,
    fixed: undefined,
    running: running.get(person) ?? '',
  }))
}

/** What holds for a member; `false`: no base is fixed. */
export async function readFixed(person: string, year: number, signal: AbortSignal) {
  const account = await readAccount(person, year, signal)
  if (!account.group) return false
  const monthly = account.months.at(-1)?.due ?? ''
  return { monthly, on: account.fixed_on ?? '' }
}

/** Does work for each of many, a few at a time; ends with the first refusal. */
export async function forEach<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values()
  const hands = Array.from({ length: AT_ONCE }, async () => {
    for (const item of rest) await work(item)
  })
  await Promise.all(hands)
}

/** Whom a base may be begun for. */
export const lacks = (line: Line) => line.fixed === false && !line.running

export function begin(
  key: string,
  organisation: string,
  year: number,
  persons: string[],
): Promise<Begun> {
  const params = { path: { organisation }, header: { 'Idempotency-Key': key } }
  const body = { process: 'dues_base', persons, variables: { year } }
  return ask(api.POST('/api/v1/organisations/{organisation}/rounds', { params, body }))
}
