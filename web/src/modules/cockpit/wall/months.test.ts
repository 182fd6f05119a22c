import { expect, test } from 'vitest'
import { addMonths, daysOfMonth, monthOfTerm, OVERDUE, spansBefore } from './months'

test('months are added within the calendar', () => {
  expect(addMonths('2026-11-28', 3)).toBe('2027-02-28')
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
  expect(addMonths('2027-12-31', 2)).toBe('2028-02-29')
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
  expect(addMonths('2026-11-28', -12)).toBe('2025-11-28')
})

test('a month has its first and last day', () => {
  expect(daysOfMonth('2026-02')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(daysOfMonth('2026-12')).toEqual({ from: '2026-12-01', to: '2026-12-31' })
})

test('a term belongs to the month of its end, or to those that have ended', () => {
  const days = ['2025-11-04', '2026-11-27', '2026-11-28', '2027-01-31', null, '2031-01-01']
  expect(days.map((day) => monthOfTerm(day, '2026-11-28'))).toEqual([
    OVERDUE,
    OVERDUE,
    '2026-11',
    '2027-01',
    '',
    '2031-01',
  ])
})

test('days before today come in spans that meet and leave none out', () => {
  const [earlier, later] = spansBefore('2026-11-28')
  expect(later?.to).toBe('2026-11-27')
  expect(Date.parse(later?.from ?? '') - Date.parse(earlier?.to ?? '')).toBe(86_400_000)
  const length = (Date.parse(later?.to ?? '') - Date.parse(later?.from ?? '')) / 86_400_000
  expect(length).toBeLessThanOrEqual(1830)
})
