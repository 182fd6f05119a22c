// Months of days as the API writes them, and terms by the month in which they end.

import { addDays } from '@/lib/days'

/** The day some months later or earlier; the month's last where it has no such day. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0))
  last.setUTCDate(Math.min(date, last.getUTCDate()))
  return last.toISOString().slice(0, 10)
}

/** The first and the last day of a month: `2026-02` gives 2026-02-01 and 2026-02-28. */
export function daysOfMonth(month: string): { from: string; to: string } {
  const from = `${month}-01`
  const next = addMonths(from, 1)
  const to = new Date(Date.parse(`${next}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  return { from, to }
}

/** Of terms: the most days that the server looks over at once, and how often it is asked. */
const SPAN_DAYS = 1830
const SPANS_BACK = 2

/** The ten years before a day, in spans that are asked for one by one, the earliest first. */
export function spansBefore(day: string): { from: string; to: string }[] {
  return Array.from({ length: SPANS_BACK }, (_, back) => ({
    from: addDays(day, -SPAN_DAYS * (back + 1)),
    to: addDays(day, -SPAN_DAYS * back - 1),
  })).reverse()
}

/** Stands for those past their end already, before all months. */
export const OVERDUE = 'overdue'

/** The month of a term, as the calendar has it. */
export function monthOfTerm(day: string | null, today: string): string {
  if (!day) return ''
  return day < today ? OVERDUE : day.slice(0, 7)
}
