import { expect, it } from 'vitest'
import { byLevel, byMonth, hoursOf, monthAway, monthsOf, sumOf, type BurdenOfMonth } from './burden'

const row = (month: string, level: number, change: Partial<BurdenOfMonth> = {}) => ({
  month,
  level,
  senders: '1',
  tasks: '2',
  planned: '30',
  told: '1',
  spent: '20',
  ...change,
})
const rows = [row('2026-11', 2), row('2026-11', 0, { planned: '90' }), row('2026-09', 2)]

it.each([
  ['2026-01', -1, '2025-12'],
  ['2026-12', 1, '2027-01'],
  ['2026-03', -35, '2023-04'],
])('%s and %i months are %s', (month, away, then) => expect(monthAway(month, away)).toBe(then))

it.each([
  ['months12' as const, '2025-12', '2026-11'],
  ['year' as const, '2026-01', '2026-11'],
  ['last_year' as const, '2025-01', '2025-12'],
  ['months36' as const, '2023-12', '2026-11'],
])('%s goes from %s to %s', (span, from, to) =>
  expect(monthsOf(span, '2026-11-28')).toEqual({ from, to }),
)

it('sums what tasks cost', () => {
  expect(sumOf(rows)).toEqual({ tasks: 6, planned: 150, told: 3, spent: 60 })
  expect(sumOf([])).toEqual({ tasks: 0, planned: 0, told: 0, spent: 0 })
})

it('has every month, also those without any', () => {
  expect(byMonth(rows, '2026-09', '2026-11').map((one) => [one.month, one.planned])).toEqual([
    ['2026-09', 30],
    ['2026-10', 0],
    ['2026-11', 120],
  ])
})

it('has the levels that sent anything, from the top down', () => {
  expect(byLevel(rows).map((one) => [one.level, one.planned])).toEqual([
    [0, 90],
    [2, 60],
  ])
})

it.each([
  [0, 0],
  [15, 0.3],
  [270, 4.5],
])('%i minutes are %d hours', (minutes, hours) => expect(hoursOf(minutes)).toBe(hours))
