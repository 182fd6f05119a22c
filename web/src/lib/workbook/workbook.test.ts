import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { decode, parse } from './csv'
import { dayOfSerial, isDayFormat } from './serial'
import { openWorkbook, type Workbook } from './workbook'
import { crc32 } from './zip'

const MESSY = path.join(import.meta.dirname, '../../../../tests/fixtures/messy')
const fixture = (name: string) => new Blob([readFileSync(path.join(MESSY, name))])
const open = async (name: string) => (await openWorkbook(fixture(name))) as Workbook
const row = async (book: Workbook, sheet: string | null, number: number) =>
  (await book.rows(sheet, (one) => one === number)).get(number) ?? []
const again = async (bytes: Uint8Array) =>
  (await openWorkbook(new Blob([bytes as Uint8Array<ArrayBuffer>]))) as Workbook

describe('a workbook', () => {
  it('has its sheets, texts, numbers and days', async () => {
    const book = await open('members.xlsx')
    expect(book.sheets).toEqual(['党员名册', '大桥村党支部', '离退休'])
    expect((await row(book, '党员名册', 3)).slice(0, 4)).toEqual([
      '序号',
      '人员编号*',
      '*姓 名',
      '身份证号码\n(18位)',
    ])
    const second = await row(book, '党员名册', 5)
    expect(second[12]).toBe('2000-06-30') // a day, counted from 1904
  })

  it('is written with changes, and holds everything else as before', async () => {
    const book = await open('members.xlsx')
    const before = await row(book, '党员名册', 40)
    const bytes = await book.withChanges([
      { sheet: '党员名册', row: 40, column: 3, text: '9901 <&> "01"' },
      { sheet: '党员名册', row: 40, column: 30, text: 'far right' },
      { sheet: '党员名册', row: 41, column: 3, text: '' },
      { sheet: '大桥村党支部', row: 2, column: 0, text: 'two sheets' },
    ])
    const changed = await again(bytes)
    const after = await row(changed, '党员名册', 40)
    expect(after[3]).toBe('9901 <&> "01"')
    expect(after[30]).toBe('far right')
    expect(after.slice(4, before.length)).toEqual(before.slice(4))
    expect((await row(changed, '党员名册', 41))[3] ?? '').toBe('')
    expect((await row(changed, '大桥村党支部', 2))[0]).toBe('two sheets')
    expect(await row(changed, '党员名册', 60)).toEqual(await row(book, '党员名册', 60))
  })

  it.each([
    ['activities.csv', 37],
    ['posts.csv', 6],
  ])('is read of %s in its own encoding, and written as UTF-8', async (name, number) => {
    const book = await open(name)
    const cells = await row(book, null, number)
    expect(cells.join('')).not.toContain('\uFFFD')
    expect(cells.length).toBeGreaterThan(3)
    const changed = await again(
      await book.withChanges([{ sheet: null, row: number, column: 1, text: '党课,"一"\n二' }]),
    )
    expect((await row(changed, null, number))[1]).toBe('党课,"一"\n二')
    expect((await row(changed, null, number))[2]).toBe(cells[2])
  })

  it('is none where it is broken, empty, or of a kind that only the server reads', async () => {
    expect(await openWorkbook(new Blob(['PK\x03\x04 and no more']))).toBeUndefined()
    expect(await openWorkbook(new Blob([]))).toBeUndefined()
    const xls = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0])
    expect(await openWorkbook(new Blob([xls]))).toBeUndefined()
  })
})

describe('delimited text', () => {
  it('counts rows by the line on which they begin', () => {
    const lines = parse('a,b\r\n"one\ntwo",c\r\n\r\nlast,"q""q"', ',')
    expect(lines.map((line) => line.number)).toEqual([1, 2, 4, 5])
    expect(lines[1]?.cells).toEqual(['one\ntwo', 'c'])
    expect(lines[3]?.cells).toEqual(['last', 'q"q'])
  })

  it('is decoded by its mark, as UTF-8 where it is that, else as GB18030', () => {
    expect(decode(new Uint8Array([0xff, 0xfe, 0x5a, 0x51]))).toBe('党')
    expect(decode(new TextEncoder().encode('\uFEFF党'))).toBe('党')
    expect(decode(new Uint8Array([0xb5, 0xb3]))).toBe('党')
  })
})

it('knows days by their formats', () => {
  expect([14, 22, 31, 57].every((id) => isDayFormat(id, undefined))).toBe(true)
  expect([0, 1, 9, 18, 21, 49].some((id) => isDayFormat(id, undefined))).toBe(false)
  expect(isDayFormat(164, 'yyyy"年"m"月"')).toBe(true)
  expect(isDayFormat(164, '0.00"day"')).toBe(false)
  expect(isDayFormat(164, '[Red]#,##0')).toBe(false)
  expect([1, 59, 61, 45_000].map((serial) => dayOfSerial(serial, false))).toEqual([
    '1900-01-01',
    '1900-02-28',
    '1900-03-01',
    '2023-03-15',
  ])
  expect(dayOfSerial(0, true)).toBeUndefined()
  expect(dayOfSerial(43_538, true)).toBe('2023-03-15')
})

it('sums as zip archives do', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
})
