import { describe, expect, it } from 'vitest'
import { addMonths, cellOf, cellsOfPaste, centsOf, isGridDraft, monthsUntil } from './grid'
import {
  inParts,
  lastMonth,
  moreThanDue,
  moveBy,
  openedOf,
  owedIn,
  yearsOf,
  yuan,
  type Payment,
} from './grid'

describe('the years of months', () => {
  it('are told once each', () => {
    expect(yearsOf(['2026-10', '2026-11', '2026-12'])).toEqual([{ month: '2026-10', months: 3 }])
    expect(yearsOf(['2026-12', '2027-01', '2027-02'])).toEqual([
      { month: '2026-12', months: 1 },
      { month: '2027-01', months: 2 },
    ])
    expect(yearsOf([])).toEqual([])
  })
})

const member = { joined: '2026-03-15', status: 'normal', due: [] }
const paid = (month: string, cents: number): Payment => ({
  person: '7',
  month,
  cents,
  paidOn: `${month}-05`,
})

it('counts months over the turn of a year', () => {
  expect(lastMonth('2026-11')).toBe('2026-12')
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
    expect(cellOf({ ...member, payments }, '2026-06', '2025-01')).toMatchObject({
      state: 'paid',
      cents: 50,
    })
  })
  it('is due as the last time before it', () => {
    expect(cellOf({ ...member, payments }, '2026-05', '2025-01')).toMatchObject({
      state: 'due',
      cents: 40,
    })
    expect(cellOf({ ...member, payments: [] }, '2026-05', '2025-01')).toMatchObject({
      state: 'due',
      cents: undefined,
    })
  })
  it('is due by the base, and paid in part where less was paid', () => {
    const due = ['2026-05', '2026-06', '2026-07'].map((month) => ({ month, cents: 7500 }))
    const fixed = { ...member, due: [...due, { month: '2026-08', cents: 0 }], payments }
    expect(cellOf(fixed, '2026-05', '2026-06')).toMatchObject({ state: 'due', cents: 7500 })
    const part = cellOf(fixed, '2026-06', '2025-01')
    expect(part).toMatchObject({ state: 'part', cents: 50, left: 7450, open: true })
    expect(owedIn(part)).toBe(7450)
    const whole = { ...fixed, payments: [paid('2026-06', 7500)] }
    expect(cellOf(whole, '2026-06', '2025-01')).toMatchObject({ state: 'paid', open: false })
    expect(cellOf(fixed, '2026-08', '2025-01').state).toBe('none')
  })
  it('is only seen where it is too long ago to be paid', () => {
    const cell = cellOf({ ...member, payments: [] }, '2026-04', '2025-01', '2026-05')
    expect(cell).toMatchObject({ state: 'closed', open: false })
    expect(cellOf({ ...member, payments: [] }, '2026-05', '2025-01', '2026-05').open).toBe(true)
  })
  it('is none before the member joined, and before the branch kept books', () => {
    expect(cellOf({ ...member, payments: [] }, '2026-02', '2025-01').state).toBe('none')
    expect(cellOf({ ...member, payments: [] }, '2026-03', '2026-04').state).toBe('none')
    expect(cellOf({ ...member, payments: [] }, '2026-03', '2025-01').state).toBe('due')
  })
})

it('tells by how much more is typed than is due', () => {
  const due = ['2026-05', '2026-06'].map((month) => ({ month, cents: 1000 }))
  const one = { person: '7', name: '王芳', payments: [paid('2026-06', 400)], due }
  const more = (typed: Record<string, string>) =>
    moreThanDue([one], typed).map(({ month, cents }) => [month, cents])
  expect(more({ '7/2026-05': '10', '7/2026-06': '6' })).toEqual([])
  expect(more({ '7/2026-05': '10.01', '7/2026-06': '10', '7/2026-07': '99' })).toEqual([
    ['2026-05', 1],
    ['2026-06', 400],
  ])
})

it('reads what was copied from a sheet', () => {
  expect(cellsOfPaste('1\t2\r\n\t 3 \r\n')).toEqual([
    ['1', '2'],
    ['', '3'],
  ])
})

it('is none for whoever does not pay any more', () => {
  const gone = { ...member, status: 'lost', payments: [paid('2026-05', 4)] }
  expect(cellOf(gone, '2026-06', '2025-01').state).toBe('none')
  expect(cellOf(gone, '2026-05', '2025-01').state).toBe('paid')
})

it('knows since when each organisation keeps books', () => {
  const of = (organisation: string, ...months: string[]) => ({
    organisation,
    payments: months.map((month) => paid(month, 1)),
  })
  const opened = openedOf([of('1', '2026-03'), of('2'), of('1', '2026-05', '2026-02')])
  expect([...opened]).toEqual([['1', '2026-02']])
})

it('sends no more at once than a command takes', () => {
  expect(inParts([1, 2, 3], 2)).toEqual([[1, 2], [3]])
  expect(inParts([], 2)).toEqual([])
})

it('knows a draft', () => {
  expect(isGridDraft({ cells: { '7/2026-06': '4' }, paidOn: '' })).toBe(true)
  expect(isGridDraft({ cells: { '7/2026-06': 4 }, paidOn: '' })).toBe(false)
  expect(isGridDraft(undefined)).toBe(false)
})

it('moves by arrow keys, along a line only from the ends of a field', () => {
  expect(moveBy('Enter', false, false)).toEqual({ row: 1, column: 0 })
  expect(moveBy('ArrowRight', false, true)).toEqual({ row: 0, column: 1 })
  expect(moveBy('ArrowRight', true, false)).toBeUndefined()
  expect(moveBy('a', true, true)).toBeUndefined()
})
