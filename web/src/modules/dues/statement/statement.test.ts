import { expect, test } from 'vitest'
import {
  linesOf,
  mayRecord,
  partsOf,
  paymentsOf,
  type Matched,
  type StatementRow,
} from './statement'

const proposal = (person: string, ...months: [string, string][]) => ({
  person,
  number: '',
  name: '',
  organisation: '1',
  organisation_name: '',
  months: months.map(([month, amount]) => ({ month, amount })),
})
const row = (match: StatementRow['match'], ...proposals: StatementRow['proposals']) => ({
  row: '4',
  paid_on: '2026-08-05',
  amount: '20.00',
  payer: '王芳',
  remark: '',
  match,
  proposals,
  like: null,
})
const matched = (...rows: StatementRow[]): Matched => ({ rows, passed_over: '0', unread: [] })

test('what is sure stands first and is ticked; the rest waits for a person', () => {
  const lines = linesOf(matched(row('recorded'), row('unknown'), row('suggested'), row('exact')))
  expect(lines.map((line) => [line.row.match, line.ticked, mayRecord(line)])).toEqual([
    ['exact', true, true],
    ['suggested', false, true],
    ['unknown', false, false],
    ['recorded', false, false],
  ])
})

test('what is ticked is recorded by month, of whoever is chosen', () => {
  const [line] = linesOf(
    matched(
      row('suggested', proposal('1', ['2026-06', '20.00']), proposal('2', ['2026-07', '19.99'])),
    ),
  )
  if (!line) throw new Error('a line')
  expect(partsOf([line])).toEqual([])
  line.ticked = true
  line.chosen = 1
  expect(paymentsOf(line)).toEqual([
    { person: '2', month: '2026-07', cents: 1999, paidOn: '2026-08-05' },
  ])
  line.done = paymentsOf(line)
  expect(partsOf([line])).toEqual([])
})

test('parts are as large as the server takes them', () => {
  const months = Array.from(
    { length: 3 },
    (_, at) => [`2026-0${at + 1}`, '1.00'] as [string, string],
  )
  const rows = Array.from({ length: 200 }, () => row('exact', proposal('1', ...months)))
  expect(partsOf(linesOf(matched(...rows))).map((part) => part.length)).toEqual([500, 100])
})
