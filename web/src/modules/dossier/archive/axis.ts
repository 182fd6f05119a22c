// Memberships and posts on a time axis: where each begins and ends, in hundredths of its length.

import { daysBetween } from '@/lib/format'
import type { Person } from './archive'

export interface Bar {
  id: string
  kind: 'membership' | 'post'
  text: string
  from: string
  to: string | null
  /** Percent of the axis. */
  start: number
  length: number
}

export interface Axis {
  bars: Bar[]
  ticks: { year: string; at: number }[]
}

const MOST_TICKS = 7
/** A bar of a day is seen, too. */
const LEAST = 0.6

function yearsBetween(first: number, last: number): number[] {
  const span = Math.max(last - first, 1)
  const step = [1, 2, 5, 10, 20, 50].find((years) => span / years <= MOST_TICKS) ?? 100
  const years = []
  for (let year = Math.ceil(first / step) * step; year <= last; year += step) years.push(year)
  return years
}

/** From the first day that is known to today. */
export function axisOf(
  person: Pick<Person, 'memberships' | 'posts'>,
  today: string,
  title: (code: string) => string,
): Axis {
  const plain = [
    ...person.memberships.map((one) => ({
      id: `m${one.organisation}${one.from}`,
      kind: 'membership' as const,
      text: one.organisation_name,
      from: one.from,
      to: one.to,
    })),
    ...person.posts.map((one) => ({
      id: `p${one.post}`,
      kind: 'post' as const,
      text: `${one.organisation_name} · ${title(one.title)}`,
      from: one.from,
      to: one.to,
    })),
  ]
  const first = plain.map((one) => one.from).sort()[0]
  if (first === undefined) return { bars: [], ticks: [] }
  const days = Math.max(daysBetween(first, today), 1)
  const at = (day: string) => Math.min(Math.max((daysBetween(first, day) / days) * 100, 0), 100)
  const bars = plain.map((one) => {
    const start = Math.min(at(one.from), 100 - LEAST)
    return { ...one, start, length: Math.max(at(one.to ?? today) - start, LEAST) }
  })
  const years = yearsBetween(Number(first.slice(0, 4)), Number(today.slice(0, 4)))
  const ticks = years
    .map((year) => ({ year: String(year), at: at(`${year}-01-01`), day: `${year}-01-01` }))
    .filter((tick) => tick.day >= first && tick.at < 94)
    .map(({ year, at: place }) => ({ year, at: place }))
  return { bars, ticks }
}
