// A bank's statement held against dues: what the server found, and what of it is recorded.

import { api, ask, formBody, type Shape } from '@/api/api'
import { cents } from '../account/account'
import type { Payment } from '../grid/grid'

export type Matched = Shape<'intake.MatchedStatement'>
export type StatementRow = Shape<'intake.MatchedRow'>
export type Unread = Shape<'intake.UnreadRow'>
export type Proposal = Shape<'intake.Proposal'>

/** As the server's. */
export const ACCEPTED = '.csv,.xlsx,.xls,.txt'
const MOST_AT_ONCE = 500

export function matchStatement(_key: string, organisation: string, file: File): Promise<Matched> {
  const form = new FormData()
  form.append('file', file, file.name)
  return ask(
    api.POST('/api/v1/organisations/{organisation}/payments/statements', {
      params: { path: { organisation } },
      ...formBody(form),
    }),
  )
}

/** A row on the screen: whether it is to be recorded, as of whom, and what became of it. */
export interface Line {
  row: StatementRow
  ticked: boolean
  /** Which of the proposals. */
  chosen: number
  /** Its payments that were recorded; why those that were not. */
  done: Payment[]
  refused: string[]
}

/** What is sure first and ticked; then what a person has to look at. */
const ORDER = ['exact', 'suggested', 'unknown', 'recorded'] as const

export function linesOf(matched: Matched): Line[] {
  const place = (line: Line) => ORDER.indexOf(line.row.match)
  return matched.rows
    .map((row) => ({ row, ticked: row.match === 'exact', chosen: 0, done: [], refused: [] }))
    .sort((one: Line, other: Line) => place(one) - place(other))
}

export const proposalOf = (line: Line): Proposal | undefined => line.row.proposals[line.chosen]

export function mayRecord(line: Line): boolean {
  const { match } = line.row
  return (match === 'exact' || match === 'suggested') && line.done.length === 0
}

export function paymentsOf(line: Line): Payment[] {
  const proposal = proposalOf(line)
  return (proposal?.months ?? []).map((one) => ({
    person: proposal?.person ?? '',
    month: one.month,
    cents: cents(one.amount),
    paidOn: line.row.paid_on,
  }))
}

export interface Entry {
  line: Line
  payment: Payment
}

/** What is ticked, in parts as the server takes them. */
export function partsOf(lines: readonly Line[]): Entry[][] {
  const entries = lines
    .filter((line) => line.ticked && mayRecord(line))
    .flatMap((line) => paymentsOf(line).map((payment) => ({ line, payment })))
  const parts: Entry[][] = []
  for (let at = 0; at < entries.length; at += MOST_AT_ONCE)
    parts.push(entries.slice(at, at + MOST_AT_ONCE))
  return parts
}
