// Paying dues online: what may be paid, one's orders, and those that a collector looks after.

import { api, ask, type Page, type Shape } from '@/api/api'
import { cents } from '../account/account'

export type Online = Shape<'dues.OnlineDues'>
export type Order = Shape<'dues.DuesOrder'>
export type ListedOrder = Shape<'dues.ListedOrder'>
export type OrderState = Order['state']
export type Outcome = 'paid' | 'failed' | 'cancelled'

export const TONES = {
  open: 'careful',
  paid: 'good',
  failed: 'bad',
  cancelled: 'plain',
  expired: 'plain',
  to_refund: 'careful',
  refunded: 'plain',
  to_check: 'careful',
  handled: 'plain',
} as const

/** How often a page that waits for the money asks by itself, when no event comes. */
export const ASK_AGAIN_MS = 4000

export function readOnline(signal?: AbortSignal): Promise<Online> {
  return ask(api.GET('/api/v1/dues-orders', signal ? { signal } : {}))
}

export function readOrder(order: string, signal: AbortSignal): Promise<Order> {
  return ask(api.GET('/api/v1/dues-orders/{order}', { params: { path: { order } }, signal }))
}

export function makeOrder(key: string, months: string[]): Promise<Order> {
  const params = { header: { 'Idempotency-Key': key } }
  return ask(api.POST('/api/v1/dues-orders', { params, body: { months } }))
}

export function cancelOrder(_key: string, order: string): Promise<Order> {
  const params = { path: { order } }
  return ask(api.POST('/api/v1/dues-orders/{order}/cancellation', { params }))
}

export function press(_key: string, order: string, outcome: Outcome): Promise<unknown> {
  const params = { path: { order } }
  return ask(api.POST('/api/v1/payments/sandbox/{order}', { params, body: { outcome } }))
}

export interface OrdersFilter {
  to_handle?: boolean
}

export function readOrders(
  organisation: string,
  filter: OrdersFilter,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<ListedOrder>> {
  const query = { ...filter, limit: 50, ...(after && { after }) }
  const params = { path: { organisation }, query }
  return ask(api.GET('/api/v1/organisations/{organisation}/dues-orders', { params, signal }))
}

export function handleOrder(key: string, order: ListedOrder, reason: string): Promise<Order> {
  const path = { organisation: order.organisation, order: order.id }
  const params = { path, header: { 'Idempotency-Key': key } }
  const address = '/api/v1/organisations/{organisation}/dues-orders/{order}/handling'
  return ask(api.POST(address, { params, body: { reason } }))
}

export const needsPerson = (order: { state: OrderState }): boolean =>
  order.state === 'to_refund' || order.state === 'to_check'

/** Money came for it: it waits for a person, or it may be refunded. */
export const mayHandle = (order: { state: OrderState }): boolean =>
  needsPerson(order) || order.state === 'paid'

/** What a person does with it: looks at it, refunds it, or refunds what is recorded. */
export function handlingOf(order: { state: OrderState }): 'check' | 'refund' | 'undo' {
  if (order.state === 'to_check') return 'check'
  return order.state === 'paid' ? 'undo' : 'refund'
}

/** What became of an order is told for a day; afterwards it stands among the others. */
export function isRecent(order: { changed_ms: string }, now = Date.now()): boolean {
  const DAY_MS = 86_400_000
  return now - Number(order.changed_ms) < DAY_MS
}

/** The order that is to be paid, where there is one. */
export const openOrder = (online: Online): Order | undefined =>
  online.orders.find((order) => order.state === 'open')

/** What comes of the months that are ticked, in cents. */
export function sumOf(owed: Online['owed'], left: ReadonlySet<string>): number {
  return owed
    .filter(({ month }) => !left.has(month))
    .reduce((sum, { amount }) => sum + cents(amount), 0)
}

/** An address of one's own pages, or a provider's over TLS: nothing else is gone to. */
export function isPayAddress(address: string): boolean {
  return /^\/(?![/\\])/.test(address) || address.startsWith('https://')
}
