// What a light rests on, for people: columns of a rule's rows with their words and values.

import type { Format } from '@/lib/format'

type Label = (set: string, code: string) => string

/** Ids: they are numbers too large for a browser, and say nothing to people. */
const IDS = new Set(['activity', 'person', 'post', 'organisation', 'subject', 'payment'])
/** Days that stand for their month. */
const MONTHS = new Set(['last_paid_month', 'first_month_on_record', 'unpaid_from'])
/** The code sets whose codes stand in a column. */
const SETS: Record<string, readonly string[]> = {
  kind: ['activity_kind', 'organisation_kind'],
  unit_kind: ['unit_kind'],
  stage: ['member_stage'],
  status: ['member_status'],
  holder_status: ['member_status'],
  title: ['post_title'],
}
const DAY = /^\d{4}-\d\d-\d\d$/

/** The columns that people read, in the order of the rule. */
export function columnsOf(rows: readonly Record<string, unknown>[]): string[] {
  const all = new Set(rows.flatMap((row) => Object.keys(row)))
  return [...all].filter(
    (column) =>
      !IDS.has(column) && rows.some((row) => row[column] !== null && row[column] !== undefined),
  )
}

/** `2026-07` of months as dues keep them: year * 12 + month - 1. */
export function monthOfIndex(index: number): string {
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}

function codeText(column: string, code: string, label: Label): string {
  for (const set of SETS[column] ?? []) {
    const text = label(set, code)
    if (text !== code) return text
  }
  return code
}

export function valueText(column: string, value: unknown, format: Format, label: Label): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'number') {
    if (column === 'month') return format.month(monthOfIndex(value))
    if (column === 'amount_cents') return (value / 100).toFixed(2)
    return column === 'year' ? String(value) : format.number(value)
  }
  if (typeof value !== 'string') return JSON.stringify(value)
  if (MONTHS.has(column)) return format.month(value)
  return DAY.test(value) ? format.day(value) : codeText(column, value, label)
}
