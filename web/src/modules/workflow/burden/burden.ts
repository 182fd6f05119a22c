// The burden account: what tasks cost, by the month and by the level that sent them; sums of it, and
// its charts.

import { api, ask, type Shape } from '@/api/api'
import { today } from '@/lib/format'
import type { ChartOption } from '@/ui/chart/option'

export type BurdenOfMonth = Shape<'workflow.BurdenOfMonth'>
export const SIDES = ['received', 'sent'] as const
export type Side = (typeof SIDES)[number]
export const SPANS = ['months12', 'year', 'last_year', 'months36'] as const
export type Span = (typeof SPANS)[number]

export interface Asked {
  organisation: string
  side: Side
  from: string
  to: string
  structure: string
}

export function queryOf({ side, from, to, structure }: Asked) {
  return { side, from, to, ...(structure && { structure }) }
}

export const addressOf = (organisation: string) => `/api/v1/organisations/${organisation}/burden`

export async function readBurden(asked: Asked, signal: AbortSignal): Promise<BurdenOfMonth[]> {
  const params = { path: { organisation: asked.organisation }, query: queryOf(asked) }
  return (await ask(api.GET('/api/v1/organisations/{organisation}/burden', { params, signal })))
    .items
}

/** The month some months away from another: `2026-01`, -1 → `2025-12`. */
export function monthAway(month: string, away: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + away
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}

/** From which month to which a span goes. */
export function monthsOf(span: Span, now = today()): { from: string; to: string } {
  const month = now.slice(0, 7)
  const year = Number(now.slice(0, 4))
  if (span === 'year') return { from: `${year}-01`, to: month }
  if (span === 'last_year') return { from: `${year - 1}-01`, to: `${year - 1}-12` }
  return { from: monthAway(month, span === 'months36' ? -35 : -11), to: month }
}

export interface Sum {
  tasks: number
  /** Minutes, of all. */
  planned: number
  /** Those of which it was said what they took. */
  told: number
  spent: number
}

export function sumOf(rows: readonly BurdenOfMonth[]): Sum {
  const sum = (field: 'tasks' | 'planned' | 'told' | 'spent') =>
    rows.reduce((total, row) => total + Number(row[field]), 0)
  return { tasks: sum('tasks'), planned: sum('planned'), told: sum('told'), spent: sum('spent') }
}

/** Every month of the span, also those without any. */
export function byMonth(rows: readonly BurdenOfMonth[], from: string, to: string) {
  const months: (Sum & { month: string })[] = []
  for (let month = from; month <= to; month = monthAway(month, 1))
    months.push({ month, ...sumOf(rows.filter((row) => row.month === month)) })
  return months
}

/** The levels that sent anything, from the top down. */
export function byLevel(rows: readonly BurdenOfMonth[]) {
  const levels = [...new Set(rows.map((row) => row.level))].sort((a, b) => a - b)
  return levels.map((level) => ({
    level,
    ...sumOf(rows.filter((row) => row.level === level)),
  }))
}

/** Hours with one decimal. */
export const hoursOf = (minutes: number) => Math.round(minutes / 6) / 10

export function burdenChart(
  figures: readonly (Sum & { name: string })[],
  names: { planned: string; spent: string },
  rows = false,
): ChartOption {
  const category = {
    type: 'category',
    inverse: rows,
    data: figures.map((figure) => figure.name),
    axisTick: { show: false },
    ...(rows && { axisLabel: { width: 150, overflow: 'break', interval: 0 } }),
  }
  const value = { type: 'value' }
  const series = (name: string, field: 'planned' | 'spent') => ({
    type: 'bar',
    name,
    barMaxWidth: 24,
    data: figures.map((figure) => hoursOf(figure[field])),
  })
  return {
    color: ['--line-strong', '--accent'],
    legend: { top: 0, right: 0 },
    grid: { left: 4, right: 16, top: 36, bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    xAxis: rows ? value : category,
    yAxis: rows ? category : value,
    series: [series(names.planned, 'planned'), series(names.spent, 'spent')],
  }
}
