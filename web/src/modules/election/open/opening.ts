// What a box is opened with: what the running election knows of it, and what is wrong with it.

import { api, ask, type Shape } from '@/api/api'
import { MOST_CANDIDATES, MOST_CODES, type Opening } from '../election'

/** As it stands in the form: numbers may be missing. */
export interface Typed {
  title: string
  candidates: string[]
  seats: number | undefined
  codes: number | undefined
}

export function isTyped(value: unknown): value is Typed {
  const typed = value as Partial<Typed> | null
  return typeof typed?.title === 'string' && Array.isArray(typed.candidates)
}

/** What the case of an election says of its ballot. */
export interface Known {
  id: string
  candidates: string[]
  seats: number | undefined
}

const texts = (value: unknown) =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined)

/**
 * Who stands in the next round, in the order of the ballot once the case has put them so, and for
 * how many seats: those who tied, or all who are not elected yet.
 */
export function knownOf({ head, variables }: Shape<'workflow.ShownCase'>): Known {
  const ordered = texts(variables.ballot_names)
  const all = ordered.length > 0 ? ordered : texts(variables.candidates)
  const round = variables.so_far as Record<string, unknown> | null | undefined
  const tied = texts(round?.tied)
  const elected = texts(round?.elected)
  return {
    id: head.case_id,
    candidates: all.filter((one) =>
      tied.length > 0 ? tied.includes(one) : !elected.includes(one),
    ),
    seats: numberOf(round?.open) || numberOf(variables.seats),
  }
}

/** The election that is going on there, by its id or as the only one; undefined where none is. */
export async function readElection(
  organisation: string,
  id: string,
  signal: AbortSignal,
): Promise<Known | undefined> {
  let found = id
  if (!found) {
    const query = { process: 'election', status: 'running', limit: 50 }
    const params = { path: { organisation }, query }
    const address = '/api/v1/organisations/{organisation}/cases'
    const { items } = await ask(api.GET(address, { params, signal }))
    found = items.find((one) => one.organisation === organisation)?.case_id ?? ''
  }
  if (!found) return undefined
  const params = { path: { case: found } }
  const shown = await ask(api.GET('/api/v1/cases/{case}', { params, signal }))
  return shown.head.organisation === organisation ? knownOf(shown) : undefined
}

/** How many have the right to vote: so many codes are enough. */
export async function readVoters(organisation: string, signal: AbortSignal): Promise<number> {
  const params = { path: { organisation }, query: { stage: 'full', status: 'normal' } }
  const address = '/api/v1/organisations/{organisation}/members/count'
  return Number((await ask(api.GET(address, { params, signal }))).members)
}

const whole = (value: number | undefined, most: number): value is number =>
  value !== undefined && Number.isInteger(value) && value >= 1 && value <= most

/** The fields that are not as they have to be. */
export function wrongIn(typed: Typed): Set<keyof Typed> {
  const wrong = new Set<keyof Typed>()
  if (!typed.title.trim()) wrong.add('title')
  if (!whole(typed.candidates.length, MOST_CANDIDATES)) wrong.add('candidates')
  if (!whole(typed.seats, Math.max(1, typed.candidates.length))) wrong.add('seats')
  if (!whole(typed.codes, MOST_CODES)) wrong.add('codes')
  return wrong
}

export function openingOf({ title, candidates, seats, codes }: Typed): Opening {
  return { title: title.trim(), candidates, seats: seats ?? 0, codes: codes ?? 0 }
}
