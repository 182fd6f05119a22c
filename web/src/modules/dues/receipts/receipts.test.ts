import { expect, test } from 'vitest'
import { spansOf } from './receipts'

test('months that follow each other are one span', () => {
  const spans = (...months: string[]) =>
    spansOf({ months: months.map((month) => ({ month, amount: '1.00' })) }).map(
      ({ from, to }) => `${from}/${to}`,
    )
  expect(spans()).toEqual([])
  expect(spans('2026-03')).toEqual(['2026-03/2026-03'])
  expect(spans('2025-11', '2025-12', '2026-01')).toEqual(['2025-11/2026-01'])
  expect(spans('2026-01', '2026-01', '2026-03')).toEqual(['2026-01/2026-01', '2026-03/2026-03'])
})
