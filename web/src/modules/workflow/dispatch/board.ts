// How far a task that was sent to many has come, and what of it is looked at.

import { api, ask, type Page } from '@/api/api'
import type { ChartOption } from '@/ui/chart/option'
import type { Answered, Dispatch, Receiver, StepCount } from './reads'

export const OUTCOMES = ['sent', 'refused', 'waiting'] as const

export interface ReceiverFilter {
  outcome: string
  step: string
  late: boolean
}

export function queryOf({ outcome, step, late }: ReceiverFilter) {
  return { ...(outcome && { outcome }), ...(step && { step }), ...(late && { late }) }
}

export const addressOf = (dispatch: string) => `/api/v1/dispatches/${dispatch}/receivers`
const PAGE = 50
const SOUGHT_PAGE = 200
const MOST_PAGES = 5

export function readReceivers(
  dispatch: string,
  filter: ReceiverFilter,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<Receiver>> {
  const query = { limit: PAGE, ...queryOf(filter), ...(after && { after }) }
  const params = { path: { dispatch }, query }
  return ask(api.GET('/api/v1/dispatches/{dispatch}/receivers', { params, signal }))
}

export const answersAddress = (dispatch: string) => `/api/v1/dispatches/${dispatch}/answers`

export function readAnswers(
  dispatch: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<Answered>> {
  const params = { path: { dispatch }, query: { limit: PAGE, ...(after && { after }) } }
  return ask(api.GET('/api/v1/dispatches/{dispatch}/answers', { params, signal }))
}

export async function readSteps(dispatch: string, signal: AbortSignal): Promise<StepCount[]> {
  const params = { path: { dispatch } }
  return (await ask(api.GET('/api/v1/dispatches/{dispatch}/steps', { params, signal }))).items
}

export function readDispatch(dispatch: string, signal: AbortSignal): Promise<Dispatch> {
  return ask(api.GET('/api/v1/dispatches/{dispatch}', { params: { path: { dispatch } }, signal }))
}

/** Receivers whose step is this one, as far as one press of a button goes. */
export async function readAtStep(
  dispatch: string,
  step: string,
  signal: AbortSignal,
): Promise<Receiver[]> {
  const found: Receiver[] = []
  let after: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { limit: SOUGHT_PAGE, step, ...(after && { after }) }
    const params = { path: { dispatch }, query }
    const got = await ask(api.GET('/api/v1/dispatches/{dispatch}/receivers', { params, signal }))
    found.push(...got.items)
    if (got.next === null) return found
    after = got.next
  }
  return found
}

/** Ended without a feedback that passed. */
export const withdrawnOf = (one: Pick<Dispatch, 'sent' | 'running' | 'done'>) =>
  Math.max(overOf(one) - Number(one.done), 0)

/** Sent, and not going on any more. */
export const overOf = (one: Pick<Dispatch, 'sent' | 'running'>) =>
  Math.max(Number(one.sent) - Number(one.running), 0)

export interface Bar {
  name: string
  /** The step as the server names it; empty: those that are over. */
  step: string
  cases: number
  late: number
}

/** A bar for each step, and one for what is over. */
export function barsOf(
  steps: readonly StepCount[],
  over: number,
  words: { step: (name: string) => string; over: string },
): Bar[] {
  const open = steps.map((one) => ({
    name: words.step(one.step),
    step: one.step,
    cases: Number(one.cases),
    late: Number(one.late),
  }))
  return over > 0 ? [...open, { name: words.over, step: '', cases: over, late: 0 }] : open
}

export function barsChart(
  bars: readonly Bar[],
  names: { inTime: string; late: string },
): ChartOption {
  const series = (name: string, data: number[]) => ({
    type: 'bar',
    stack: 'cases',
    name,
    data,
    barMaxWidth: 28,
  })
  return {
    color: ['--line-strong', '--accent'],
    legend: { top: 0, right: 0 },
    grid: { left: 4, right: 24, top: 36, bottom: 4, containLabel: true },
    xAxis: { type: 'value', minInterval: 1 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map((bar) => bar.name),
      axisTick: { show: false },
      axisLabel: { interval: 0 },
    },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    series: [
      series(
        names.inTime,
        bars.map((bar) => bar.cases - bar.late),
      ),
      series(
        names.late,
        bars.map((bar) => bar.late),
      ),
    ],
  }
}
