// The members of an organisation and what they paid, and the commands on it.

import { api, ask, type Page } from '@/api/api'
import { addMonths, type GridMember, type Payment } from './grid'

const A_PAGE = 100
/** As far back as is read at once: what somebody paid the last time is due again. */
const MONTHS_BACK = 35

const IN_CENTS = 100

export async function readMembers(
  source: { at: string; until: string },
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<GridMember>> {
  const from = addMonths(source.until, -MONTHS_BACK)
  const query = { from, to: source.until, limit: A_PAGE, ...(after && { after }) }
  const params = { path: { organisation: source.at }, query }
  const page = await ask(
    api.GET('/api/v1/organisations/{organisation}/payments', { params, signal }),
  )
  const members = page.items.map((one) => ({
    ...one,
    payments: one.payments.map((paid) => ({
      person: one.person,
      month: paid.month,
      cents: Math.round(Number(paid.amount) * IN_CENTS),
      paidOn: paid.paid_on ?? '',
    })),
    due: one.due.map(({ month, amount }) => ({
      month,
      cents: Math.round(Number(amount) * IN_CENTS),
    })),
  }))
  // Of whoever does not pay any more only what they paid is shown.
  return {
    items: members.filter((one) => one.status === 'normal' || one.payments.length > 0),
    next: page.next,
  }
}

function bodyOf(payment: Payment) {
  return {
    month: payment.month,
    amount: (payment.cents / IN_CENTS).toFixed(2),
    ...(payment.paidOn && { paid_on: payment.paidOn }),
  }
}

/** All together, under one key; each is recorded or refused by itself. */
export function recordPayments(organisation: string, payments: readonly Payment[], key: string) {
  return ask(
    api.POST('/api/v1/organisations/{organisation}/payments', {
      params: { path: { organisation }, header: { 'Idempotency-Key': key } },
      body: { items: payments.map((one) => ({ person: one.person, ...bodyOf(one) })) },
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
