import { describe, expect, it } from 'vitest'
import { addMonths, cellOf, cellsOfPaste, centsOf, isGridDraft, monthsUntil } from './grid'
import { moveBy, paymentKey, yuan, type Payment } from './grid'

const member = { person: '7', name: 'a', number: 'n', joined: '2026-03-15' }
const paid = (month: string, cents: number): Payment => ({
  person: '7',
  month,
  cents,
  paidOn: `${month}-05`,
})

it('counts months over the turn of a year', () => {
  expect(addMonths('2026-01', -1)).toBe('2025-12')
  expect(addMonths('2025-12', 2)).toBe('2026-02')
  expect(monthsUntil('2026-02', 4)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
})

describe('an amount', () => {
  it.each([
    ['12.5', 1250],
    ['１２．５０', 1250],
    ['¥1,200', 120_000],
    ['0.07', 7],
    ['0', undefined],
    ['', undefined],
    ['12.505', undefined],
    ['-1', undefined],
    ['twelve', undefined],
  ])('%s is %s cents', (text, cents) => {
    expect(centsOf(text)).toBe(cents)
  })
  it('is written with two digits', () => expect(yuan(1250)).toBe('12.50'))
})

describe('a cell', () => {
  const payments = [paid('2026-06', 46), paid('2026-04', 40), paid('2026-06', 4)]
  it('is paid with the sum of what was paid', () => {
    expect(cellOf(member, payments, '2026-06', '2025-01')).toMatchObject({
      state: 'paid',
      cents: 50,
    })
  })
  it('is due as the last time before it', () => {
    expect(cellOf(member, payments, '2026-05', '2025-01')).toMatchObject({
      state: 'due',
      cents: 40,
    })
    expect(cellOf(member, [], '2026-05', '2025-01')).toMatchObject({
      state: 'due',
      cents: undefined,
    })
  })
  it('is none before the member joined, and before the branch kept books', () => {
    expect(cellOf(member, [], '2026-02', '2025-01').state).toBe('none')
    expect(cellOf(member, [], '2026-03', '2026-04').state).toBe('none')
    expect(cellOf(member, [], '2026-03', '2025-01').state).toBe('due')
  })
})

it('reads what was copied from a sheet', () => {
  expect(cellsOfPaste('1\t2\r\n\t 3 \r\n')).toEqual([
    ['1', '2'],
    ['', '3'],
  ])
})

it('has one key for what is saved together', () => {
  expect(paymentKey('k', paid('2026-06', 46))).toBe('k-7-2026-06-46-2026-06-05')
})

it('knows a draft', () => {
  expect(isGridDraft({ cells: { '7/2026-06': '4' }, paidOn: '', key: 'k' })).toBe(true)
  expect(isGridDraft({ cells: { '7/2026-06': 4 }, paidOn: '', key: 'k' })).toBe(false)
  expect(isGridDraft(undefined)).toBe(false)
})

it('moves by arrow keys, along a line only from the ends of a field', () => {
  expect(moveBy('Enter', false, false)).toEqual({ row: 1, column: 0 })
  expect(moveBy('ArrowRight', false, true)).toEqual({ row: 0, column: 1 })
  expect(moveBy('ArrowRight', true, false)).toBeUndefined()
  expect(moveBy('a', true, true)).toBeUndefined()
})
