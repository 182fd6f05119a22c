import { describe, expect, it } from 'vitest'
import { bySheet, rowsOf, type Refusal } from './report'
import { refusalOf } from '../imports/send'

const refusal = (number: number, row: number, code: string): Refusal => ({
  file: 'a.xlsx',
  sheet: `s${number}`,
  number,
  row,
  column: 'c',
  code,
  acceptable: code === 'under_age' || code === 'date_order',
  zh: `${code} of ${row}`,
  en: `${code}, ${row}`,
})
const told = [
  refusal(1, 9, 'date_order'),
  refusal(0, 4, 'id_check_digit'),
  refusal(0, 5, 'under_age'),
  refusal(0, 5, 'date_order'),
  refusal(0, 4, 'id_check_digit'),
]

describe('refused rows', () => {
  it('come by sheet and row, and may be accepted where every problem may', () => {
    const rows = rowsOf([...told, refusal(1, 9, 'required_missing')])
    expect(rows.map((row) => [row.number, row.row, row.acceptable])).toEqual([
      [0, 4, false],
      [0, 5, true],
      [1, 9, false],
    ])
    expect(rowsOf(told, 'date_order').map((row) => row.row)).toEqual([5, 9])
    expect(bySheet(rows).map((sheet) => sheet.length)).toEqual([2, 1])
  })
})

it.each([
  [[{ name: 'a.xlsx', size: 1 }], undefined],
  [[{ name: 'a.xlsx', size: 0 }], 'empty'],
  [
    [
      { name: 'a.csv', size: 1 },
      { name: 'a.csv', size: 2 },
    ],
    'twice',
  ],
  [[{ name: 'A.XLS', size: 65 * 1024 ** 2 }], 'xls_too_large'],
  [[{ name: 'a.csv', size: 3 * 1024 ** 3 }], 'too_large'],
  [Array.from({ length: 1001 }, (_, at) => ({ name: `${at}.csv`, size: 1 })), 'too_many'],
])('files are refused before they are sent (%#)', (files, why) => {
  expect(refusalOf(files)?.why).toBe(why)
})
