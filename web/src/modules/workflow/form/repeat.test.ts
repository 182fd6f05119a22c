import { describe, expect, test } from 'vitest'
import { canRepeat, repeated, weekOf } from './repeat'

const MOST = 200
const month = (number: number, on = '') => {
  const two = String(number).padStart(2, '0')
  const last = new Date(Date.UTC(2027, number, 0)).getUTCDate()
  return { kind: 'theme_day', from: `2027-${two}-01`, until: `2027-${two}-${last}`, on }
}
const days = (rows: readonly Record<string, unknown>[]) => rows.map((row) => row.on)

describe('the day of one row', () => {
  test('is carried to the rows of its kind that have none yet', () => {
    const rows = [month(1, '2027-01-31'), month(2), month(3, '2027-03-05'), month(4)]
    const other = { kind: 'lecture', from: '2027-01-01', until: '2027-03-31' }
    expect(days(repeated([...rows, other], 0, 'day', 'on', MOST))).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-05',
      '2027-04-30',
      undefined,
    ])
  })

  test('goes by the week', () => {
    const rows = [month(1, '2027-01-08'), month(2), month(5)]
    expect(weekOf('2027-01-08')).toBe(2)
    expect(days(repeated(rows, 0, 'weekday', 'on', MOST))).toEqual([
      '2027-01-08',
      '2027-02-12',
      '2027-05-14',
    ])
    const fifth = [month(1, '2027-01-29'), month(2), month(4)]
    expect(days(repeated(fifth, 0, 'weekday', 'on', MOST))).toEqual([
      '2027-01-29',
      '2027-02-26',
      '2027-04-30',
    ])
  })

  test('keeps to its month within a quarter', () => {
    const quarter = (from: string, until: string, on = '') => ({ kind: 'lecture', from, until, on })
    const rows = [
      quarter('2027-01-01', '2027-03-31', '2027-03-10'),
      quarter('2027-10-01', '2027-12-31'),
    ]
    expect(days(repeated(rows, 0, 'day', 'on', MOST))).toEqual(['2027-03-10', '2027-12-10'])
  })

  test('makes rows until the end of the year where none wait', () => {
    const rows = [{ kind: 'lecture', on: '2027-10-20', topic: '党课' }]
    const made = repeated(rows, 0, 'day', 'on', MOST)
    expect(days(made)).toEqual(['2027-10-20', '2027-11-20', '2027-12-20'])
    expect(made[2]?.topic).toBe('党课')
    expect(repeated(rows, 0, 'day', 'on', 2)).toHaveLength(2)
    const plan = [month(1, '2027-01-05'), month(2, '2027-02-05')]
    expect(repeated(plan, 0, 'day', 'on', MOST)).toEqual(plan)
  })

  test('is offered where it changes something', () => {
    expect(canRepeat([month(1, '2027-01-05'), month(2)], 0, 'on')).toBe(true)
    expect(canRepeat([month(1), month(2)], 0, 'on')).toBe(false)
    expect(canRepeat([month(1, '2027-01-05'), month(2, '2027-02-01')], 0, 'on')).toBe(false)
    expect(canRepeat([{ kind: 'lecture', on: '2027-12-20' }], 0, 'on')).toBe(false)
  })
})
