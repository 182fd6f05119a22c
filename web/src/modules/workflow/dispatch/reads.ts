// What the pages of a task for many ask of the server.

import { api, ask, type Page, type Shape } from '@/api/api'
import { Problem } from '@/lib/problem'
import type { Choice } from '@/ui/control'
import { refusesFields, type Body, type Estimate } from './plan'

export type Dispatch = Shape<'workflow.ShownDispatch'>
export type Receiver = Shape<'workflow.ShownReceiver'>
export type Answered = Shape<'workflow.ShownAnswer'>
export type StepCount = Shape<'workflow.StepCount'>

const ESTIMATES = '/api/v1/organisations/{organisation}/dispatch-estimates'
const DISPATCHES = '/api/v1/organisations/{organisation}/dispatches'

export function estimate(organisation: string, body: Body, signal: AbortSignal): Promise<Estimate> {
  return ask(api.POST(ESTIMATES, { params: { path: { organisation } }, body, signal }))
}

export interface Reckoned {
  estimate: Estimate
  /** Of the fields that are asked for: the rest is right. */
  refused?: Problem
}

/** The cost; also where a field is refused, since that changes nothing of it. */
export async function reckon(
  organisation: string,
  body: Body,
  signal: AbortSignal,
): Promise<Reckoned> {
  try {
    return { estimate: await estimate(organisation, body, signal) }
  } catch (error) {
    if (!(error instanceof Problem) || !refusesFields(error)) throw error
    const { fields: _fields, ...rest } = body
    return { estimate: await estimate(organisation, rest, signal), refused: error }
  }
}

export function send(key: string, organisation: string, body: Body) {
  const params = { path: { organisation }, header: { 'Idempotency-Key': key } }
  return ask(api.POST(DISPATCHES, { params, body }))
}

const PAGE = 200
const MOST_BELOW = 2000

/** All that stand directly below, to be taken at once. */
export async function readBelow(
  organisation: string,
  structure: string,
  signal: AbortSignal,
): Promise<Choice[]> {
  const choices: Choice[] = []
  let after = ''
  do {
    const query = { limit: PAGE, ...(structure && { structure }), ...(after && { after }) }
    const address = '/api/v1/organisations/{organisation}/children'
    const params = { path: { organisation }, query }
    const page = await ask(api.GET(address, { params, signal }))
    for (const one of page.items)
      choices.push({ value: one.organisation, text: one.name, more: one.code })
    after = page.next ?? ''
  } while (after && choices.length < MOST_BELOW)
  return choices
}

async function readName(organisation: string, signal: AbortSignal): Promise<string> {
  const params = { path: { organisation }, query: { fields: 'name' } }
  try {
    return (await ask(api.GET('/api/v1/organisations/{organisation}', { params, signal }))).name
  } catch (error) {
    if (signal.aborted) throw error
    return organisation
  }
}

export async function readNames(
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const names = await Promise.all(ids.map((id) => readName(id, signal)))
  return new Map(ids.map((id, index) => [id, names[index] ?? id]))
}

/** Of a page of the list of what was sent. */
const LISTED = 50

export function readDispatches(
  organisation: string,
  after: string | undefined,
  signal: AbortSignal,
  limit = LISTED,
): Promise<Page<Dispatch>> {
  const params = { path: { organisation }, query: { limit, ...(after && { after }) } }
  return ask(api.GET(DISPATCHES, { params, signal }))
}
