// How far a task that was sent to many has come, and what of it is looked at.

import { api, ask, type Page } from '@/api/api'
import type { ChartOption } from '@/ui/chart/option'
import { readDispatches, type Dispatch, type Receiver, type StepCount } from './reads'

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
const MOST_PAGES = 10

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

export async function readSteps(dispatch: string, signal: AbortSignal): Promise<StepCount[]> {
  const params = { path: { dispatch } }
  return (await ask(api.GET('/api/v1/dispatches/{dispatch}/steps', { params, signal }))).items
}

/** One of what an organisation has sent: the server tells them in a list only, the latest first. */
export async function readDispatch(
  organisation: string,
  dispatch: string,
  signal: AbortSignal,
): Promise<Dispatch | undefined> {
  let after: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, next } = await readDispatches(organisation, after, signal, SOUGHT_PAGE)
    const found = items.find((one) => one.dispatch === dispatch)
    if (found || next === null) return found
    after = next
  }
  return undefined
}

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
