// Days that recur: the day of one row is carried to the other rows of its kind.

import type { Answer } from './schema'

/** By the day of the month (the 15th), or by the week (the second Friday). */
export type Recurrence = 'day' | 'weekday'

const WEEK = 7
const MONTHS = 12

interface Place {
  year: number
  /** From 0. */
  month: number
  day: number
}

function placeOf(iso: unknown): Place | undefined {
  const found = typeof iso === 'string' && /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso)
  if (!found) return undefined
  return { year: Number(found[1]), month: Number(found[2]) - 1, day: Number(found[3]) }
}

const isoOf = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)
const lengthOf = (year: number, month: number) =>
  new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
const weekdayOf = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).getUTCDay()

/** Which of its weekday a day is in its month: 1 to 5. */
export function weekOf(iso: string): number {
  return Math.ceil((placeOf(iso)?.day ?? 1) / WEEK)
}

/** The same day of another month; where that is too short its last, or the last such weekday. */
function inMonth(like: Place, how: Recurrence, year: number, month: number): string {
  const length = lengthOf(year, month)
  if (how === 'day') return isoOf(year, month, Math.min(like.day, length))
  const weekday = weekdayOf(like.year, like.month, like.day)
  const first = 1 + ((weekday - weekdayOf(year, month, 1) + WEEK) % WEEK)
  const day = first + (Math.ceil(like.day / WEEK) - 1) * WEEK
  return isoOf(year, month, day > length ? day - WEEK : day)
}

/**
 * The rows with the day of one carried on: into later rows of its kind that have no day yet, each
 * within its own span (`from`, `until`); where there are none, into new rows month by month until
 * the year is over. What was filled in stays as it is.
 */
export function repeated(
  rows: readonly Answer[],
  index: number,
  how: Recurrence,
  field: string,
  most: number,
): Answer[] {
  const row = rows[index]
  const like = placeOf(row?.[field])
  if (!row || !like) return [...rows]
  const span = placeOf(row.from)
  // Of a quarter's meeting in its third month the next is in the third month of its quarter.
  const later = span ? (like.year - span.year) * MONTHS + like.month - span.month : 0
  let filled = false
  const result = rows.map((one, at) => {
    const from = placeOf(one.from)
    if (at === index || one.kind !== row.kind || one[field] || !from) return one
    const month = from.month + later
    const day = inMonth(like, how, from.year + Math.floor(month / MONTHS), month % MONTHS)
    const within = day >= String(one.from) && day <= String(one.until ?? day)
    filled ||= within
    return within ? { ...one, [field]: day } : one
  })
  if (filled || rows.some((one, at) => at !== index && one.kind === row.kind && one.from))
    return result
  const { from: _from, until: _until, ...bare } = row
  for (let month = like.month + 1; month < MONTHS && result.length < most; ++month)
    result.push({ ...bare, [field]: inMonth(like, how, like.year, month) })
  return result
}

/** Whether there is anything to carry a day to. */
export function canRepeat(rows: readonly Answer[], index: number, field: string): boolean {
  return repeated(rows, index, 'day', field, Infinity).some((row, at) => row !== rows[at])
}
