// The members of a branch and what they paid. The API tells payments as the records that the rule
// of dues rests on, a member at a time: so many are read beside each other.

import { api, ask, type Page } from '@/api/api'
import { Problem } from '@/lib/problem'
import type { GridMember, Payment } from './grid'

const A_PAGE = 50
const BESIDE = 6

export async function readMembers(
  organisation: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<GridMember>> {
  const query = {
    direct: true,
    status: 'normal',
    order: 'name' as const,
    fields: 'person,name,number,joined',
    limit: A_PAGE,
    ...(after && { after }),
  }
  const params = { path: { organisation }, query }
  return ask(api.GET('/api/v1/organisations/{organisation}/members', { params, signal }))
}

export interface Book {
  payments: Payment[]
  /** The first month anybody of the branch paid for. */
  opened: string
}

function monthOf(index: number): string {
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}

async function readBook(person: string, signal: AbortSignal): Promise<Book> {
  const params = { path: { module: 'dues', rule: 'unpaid', person } }
  try {
    const why = await ask(
      api.GET('/api/v1/rules/{module}/{rule}/persons/{person}', { params, signal }),
    )
    const opened = why.evidence?.first_month_on_record
    return {
      payments: why.rows.map((row) => ({
        person,
        month: monthOf(Number(row.month)),
        cents: Number(row.amount_cents),
        paidOn: typeof row.paid_on === 'string' ? row.paid_on : '',
      })),
      opened: typeof opened === 'string' ? opened.slice(0, 7) : '',
    }
  } catch (error) {
    // Of whom the rule says nothing, nothing is on record.
    if (error instanceof Problem && error.status === 404) return { payments: [], opened: '' }
    throw error
  }
}

/** The books of several persons, a few at a time. */
export async function readBooks(
  persons: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, Book>> {
  const books = new Map<string, Book>()
  const waiting = [...persons]
  async function work(): Promise<void> {
    for (let person = waiting.shift(); person; person = waiting.shift())
      books.set(person, await readBook(person, signal))
  }
  await Promise.all(Array.from({ length: BESIDE }, work))
  return books
}

function bodyOf(payment: Payment) {
  return {
    month: payment.month,
    amount: (payment.cents / 100).toFixed(2),
    ...(payment.paidOn && { paid_on: payment.paidOn }),
  }
}

export function recordPayment(payment: Payment, key: string) {
  return ask(
    api.POST('/api/v1/persons/{person}/payments', {
      params: { path: { person: payment.person }, header: { 'Idempotency-Key': key } },
      body: bodyOf(payment),
    }),
  )
}

export function withdrawPayment(payment: Payment) {
  return ask(
    api.POST('/api/v1/persons/{person}/payments/withdrawals', {
      params: { path: { person: payment.person } },
      body: bodyOf(payment),
    }),
  )
}
