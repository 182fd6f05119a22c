import { expect, test } from 'vitest'
import { cents, lapsedOf, owedOf, rowsOf, type Account } from './account'

const month = (of: string, due: string, paid: string, voluntary = '') => ({
  month: of,
  due,
  voluntary,
  paid,
  payments: [],
})
const account = (months: Account['months']) => ({ months }) as Account

test('amounts are read in whole cents', () => {
  for (const [text, value] of [
    ['', 0],
    ['0.00', 0],
    ['0.29', 29],
    ['75.00', 7500],
    ['19.99', 1999],
  ] as const)
    expect(cents(text)).toBe(value)
})

test('a month is paid, in part, not at all, not yet due, or nothing was fixed', () => {
  const rows = rowsOf(
    account([
      month('2026-01', '', '0.00'),
      month('2026-02', '', '5.00'),
      month('2026-03', '10.00', '10.00'),
      month('2026-04', '10.00', '9.99'),
      month('2026-05', '10.00', '10.00', '5.00'),
      month('2026-05', '10.00', '0.00'),
      month('2026-06', '0.00', '0.00'),
      month('2026-07', '10.00', '0.00'),
    ]),
    '2026-06',
  )
  const states = ['none', 'paid', 'paid', 'part', 'part', 'unpaid', 'paid', 'later']
  expect(rows.map((row) => row.state)).toEqual(states)
})

test('the days of payment are each told once, and those not on record not at all', () => {
  const paid = (...days: (string | null)[]) => ({
    ...month('2026-01', '10.00', '10.00'),
    payments: days.map((paid_on) => ({ amount: '5.00', paid_on })),
  })
  const days = (...of: (string | null)[]) => rowsOf(account([paid(...of)]), '2026-06')[0]?.days
  expect(days('2026-01-05', '2026-01-05')).toEqual(['2026-01-05'])
  expect(days('2026-01-05', null, '2026-02-01')).toEqual(['2026-01-05', '2026-02-01'])
  expect(days()).toEqual([])
})

test('what was paid without a day is told as well', () => {
  const paid = (paid_on: string | null) => ({
    ...month('2026-01', '10.00', '10.00'),
    payments: [{ amount: '10.00', paid_on }],
  })
  const undated = (day: string | null) => rowsOf(account([paid(day)]), '2026-06')[0]?.undated
  expect(undated(null)).toBe(true)
  expect(undated('2026-01-05')).toBe(false)
})

test('what is owed is summed month by month: what was paid too much does not pay another', () => {
  const owed = (months: Account['months']) => owedOf(rowsOf(account(months), '2026-02'), '2026-02')
  const due = (of: string, paid: string) => month(of, '10.00', paid)
  expect(owed([due('2026-01', '10.00'), due('2026-02', '0.00'), due('2026-03', '0.00')])).toBe(1000)
  expect(owed([due('2026-01', '20.00'), due('2026-02', '0.00')])).toBe(1000)
  expect(owed([due('2026-01', '30.00'), due('2026-02', '10.00')])).toBe(0)
  expect(owed([month('2026-01', '10.00', '10.00', '5.00')])).toBe(500)
})

test('months too long ago to be paid are summed by themselves', () => {
  const rows = rowsOf(
    account([month('2026-01', '10.00', '4.00'), month('2026-02', '10.00', '0.00')]),
    '2026-08',
  )
  expect(owedOf(rows, '2026-08')).toBe(1000)
  expect(lapsedOf(rows, '2026-08')).toBe(600)
})
