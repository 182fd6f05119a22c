import { describe, expect, it } from 'vitest'
import { csvOf, openCsv } from '@/lib/workbook/csv'
import { changed, columnsAt, firstColumns, gridOfFiles } from './grid'
import { cellsOf } from './refusedRows'
import type { GridRow, GridSheet } from './grid'
import type { Refusal, Report } from './report'

const HEADERS = ['Note', '姓名', '人员类别', '入党时间', '加入党组织日期', '所在支部']
const ROWS = [
  HEADERS,
  ['x', 'Wang', 'full', '', '2099-01-01', 'ZB-1'],
  ['y', 'Li', 'odd', '2001-01-01', '', 'ZB-2'],
]
const refusal = (row: number, column: string, code: string): Refusal => ({
  file: 'a.csv',
  sheet: null,
  number: 0,
  row,
  column,
  code,
  zh: code,
  en: code,
  acceptable: false,
})
const report: Report = {
  batch: '1',
  changed: true,
  refused: 2,
  codes: [],
  refusals: [refusal(2, '入党日期', 'date_order'), refusal(3, '人员类别', 'code_unknown')],
  sheets: [
    {
      file: 'a.csv',
      sheet: null,
      number: 0,
      kind: 'members',
      nearest: null,
      hidden: false,
      header_row: 1,
      columns: [],
      notices: [],
      notice_count: 0,
      missing_columns: [],
      unknown_columns: ['Note'],
      rows: 2,
      accepted: 0,
      refused: 2,
      unchanged: 0,
    },
  ],
}
const book = openCsv(csvOf(ROWS))
const grid = async () =>
  (await gridOfFiles(report, new Map([['a.csv', book]]), new Map(), 'en'))[0] as GridSheet

describe('the grid of a check', () => {
  it('marks the filled one of two columns that mean the same', async () => {
    const sheet = await grid()
    const [wang, li] = sheet.rows as [GridRow, GridRow]
    expect(sheet.columns).toEqual([
      undefined,
      '姓名',
      '人员类别',
      '入党日期',
      '入党日期',
      '组织代码',
    ])
    expect(columnsAt(sheet, wang, '入党日期')).toEqual([4])
    expect(columnsAt(sheet, li, '人员类别')).toEqual([2])
    expect(columnsAt(sheet, li, '公民身份号码')).toEqual([])
  })

  it('shows what is in trouble and who it is about, or for one code less', async () => {
    const sheet = await grid()
    expect(firstColumns(sheet, sheet.rows)).toEqual([1, 2, 4, 5])
    expect(firstColumns(sheet, sheet.rows, 'code_unknown')).toEqual([1, 2, 5])
  })

  it('has no rows of files that cannot be opened here', async () => {
    expect(await gridOfFiles(report, new Map(), new Map(), 'zh')).toEqual([])
  })
})

describe('cells', () => {
  it('written anew are changes, and written as they were are none', async () => {
    const sheet = await grid()
    const [wang] = sheet.rows as [GridRow]
    const once = changed([], sheet, wang, 4, '1999-01-01')
    const twice = changed(once, sheet, wang, 4, '1998-01-01')
    expect(twice).toEqual([{ sheet: null, row: 2, column: 4, text: '1998-01-01' }])
    expect(changed(twice, sheet, wang, 4, '2099-01-01')).toEqual([])
    expect(cellsOf(sheet, twice)).toEqual({ 加入党组织日期: '1998-01-01' })
  })
})
