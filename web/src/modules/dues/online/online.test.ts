import { expect, test } from 'vitest'
import {
  handlingOf,
  isPayAddress,
  isRecent,
  mayHandle,
  needsPerson,
  openOrder,
  sumOf,
  type Online,
  type Order,
} from './online'

const owed = (...amounts: string[]) =>
  amounts.map((amount, at) => ({ month: `2026-0${at + 1}`, amount }))

test('money that came may be refunded, recorded or not', () => {
  for (const [state, may, handling] of [
    ['paid', true, 'undo'],
    ['to_refund', true, 'refund'],
    ['to_check', true, 'check'],
    ['refunded', false, 'refund'],
    ['open', false, 'refund'],
  ] as const) {
    expect(mayHandle({ state }), state).toBe(may)
    if (may) expect(handlingOf({ state })).toBe(handling)
  }
})

test('the sum is of what is ticked, in whole cents', () => {
  for (const [amounts, left, sum] of [
    [[], [], 0],
    [['15.00', '0.29', '19.99'], [], 3528],
    [['15.00', '0.29', '19.99'], ['2026-01'], 2028],
    [['15.00'], ['2026-01'], 0],
  ] as const)
    expect(sumOf(owed(...amounts), new Set<string>(left))).toBe(sum)
})

test('one order at most is to be paid', () => {
  const order = (state: Order['state']) => ({ state }) as Order
  const online = (...states: Order['state'][]) => ({ orders: states.map(order) }) as Online
  expect(openOrder(online('paid', 'open'))?.state).toBe('open')
  expect(openOrder(online('paid', 'failed'))).toBeUndefined()
  expect(openOrder(online())).toBeUndefined()
})

test('a person sees to what was paid twice or otherwise', () => {
  const waiting = (
    ['open', 'paid', 'to_refund', 'to_check', 'refunded', 'handled'] as const
  ).filter((state) => needsPerson({ state }))
  expect(waiting).toEqual(['to_refund', 'to_check'])
})

test('what became of an order is told for a day', () => {
  const DAY_MS = 86_400_000
  expect(isRecent({ changed_ms: '1000' }, 1000)).toBe(true)
  expect(isRecent({ changed_ms: '1000' }, 999 + DAY_MS)).toBe(true)
  expect(isRecent({ changed_ms: '1000' }, 1000 + DAY_MS)).toBe(false)
})

test('the browser goes to a page of ours or over TLS, and nowhere else', () => {
  for (const [address, may] of [
    ['/pay/sandbox/7', true],
    ['https://pay.example.org/x', true],
    ['http://pay.example.org/x', false],
    ['//pay.example.org', false],
    ['/\\pay.example.org', false],
    ['javascript:alert(1)', false],
    ['', false],
  ] as const)
    expect(isPayAddress(address)).toBe(may)
})
