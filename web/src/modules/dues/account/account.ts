// A member's dues of a year as the page shows them: month by month, and what is still to be paid.

import { api, ask, type Shape } from '@/api/api'
import { addMonths, MONTHS_AFTERWARDS } from '../grid/grid'

export type Account = Shape<'dues.DuesAccount'>

export interface MonthRow {
  month: string
  /** In cents: what was fixed, and what is added of one's own will. */
  due: number
  voluntary: number
  paid: number
  /** The days on record on which something was paid. */
  days: string[]
  /** Something was paid of which no day is on record. */
  undated: boolean
  /** Nothing was fixed, paid in full, in part, not at all, or not yet due. */
  state: 'none' | 'paid' | 'part' | 'unpaid' | 'later'
}

export function readAccount(person: string, year: number, signal: AbortSignal): Promise<Account> {
  const params = { path: { person }, query: { year } }
  return ask(api.GET('/api/v1/persons/{person}/dues-account', { params, signal }))
}

export interface Member {
  name: string
  organisation: string
  organisationName: string
}

export async function readMember(person: string, signal: AbortSignal): Promise<Member> {
  const params = { path: { person }, query: { fields: 'name,organisation,organisation_name' } }
  const read = await ask(api.GET('/api/v1/persons/{person}', { params, signal }))
  return {
    name: read.name,
    organisation: read.organisation,
    organisationName: read.organisation_name,
  }
}

/** An amount of the API, in cents; of nothing none. */
export function cents(amount: string): number {
  return amount ? Math.round(Number(amount) * 100) : 0
}

export function rowsOf(account: Account, thisMonth: string): MonthRow[] {
  return account.months.map((one) => {
    const due = cents(one.due)
    const voluntary = cents(one.voluntary)
    const paid = cents(one.paid)
    const whole = due + voluntary
    const later = one.month > thisMonth
    const days = [...new Set(one.payments.flatMap(({ paid_on }) => paid_on ?? []))]
    const undated = one.payments.some(({ paid_on }) => !paid_on)
    const state = stateOf(one.due !== '', later)
    return { month: one.month, due, voluntary, paid, days, undated, state }

    function stateOf(fixed: boolean, notYet: boolean): MonthRow['state'] {
      if (!fixed) return paid > 0 ? 'paid' : 'none'
      if (paid >= whole) return 'paid'
      if (notYet) return 'later'
      return paid > 0 ? 'part' : 'unpaid'
    }
  })
}

const unpaid = (rows: readonly MonthRow[]) =>
  rows.reduce((sum, row) => sum + Math.max(0, row.due + row.voluntary - row.paid), 0)

/**
 * What is unpaid of this month and those that may be paid afterwards, month by month as online:
 * what was paid too much for one month does not pay another.
 */
export function owedOf(rows: readonly MonthRow[], thisMonth: string): number {
  const earliest = addMonths(thisMonth, -MONTHS_AFTERWARDS)
  return unpaid(rows.filter((row) => row.month >= earliest && row.month <= thisMonth))
}

/** What is unpaid of months too long ago to be paid now. */
export function lapsedOf(rows: readonly MonthRow[], thisMonth: string): number {
  const earliest = addMonths(thisMonth, -MONTHS_AFTERWARDS)
  return unpaid(rows.filter((row) => row.month < earliest))
}
