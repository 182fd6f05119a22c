import { expect, it } from 'vitest'
import { columnsOf, KINDS, layoutOf, type Kind } from './kinds'
import { templateOf } from './template'
import { openWorkbook } from './workbook'
import { readZip, unpack } from './zip'

const WORDS = new Map([
  ['sex', ['男', '女', '未知']],
  ['member_stage', ['正式党员', '预备党员']],
])

it.each(Object.keys(KINDS) as Kind[])('a template of %s is read as what it is', async (kind) => {
  const bytes = (await templateOf(kind, '样表', WORDS)) as Uint8Array<ArrayBuffer>
  const book = await openWorkbook(new Blob([bytes]))
  expect(book?.sheets).toEqual(['样表', '可选值'])
  const rows = await book?.rows('样表', () => true)
  const layout = layoutOf(rows ?? new Map(), kind, new Map())
  expect(layout).toMatchObject({ headerRow: 1, missing: [], columns: columnsOf(kind) })
})

it('offers the words that a column takes', async () => {
  const entries = readZip(await templateOf('members', '党员', WORDS))
  const sheet = entries.get('xl/worksheets/sheet1.xml')
  const text = new TextDecoder().decode(sheet && (await unpack(sheet)))
  const rules = [...text.matchAll(/sqref="(\w+):\w+"><formula1>([^<]*)</g)]
  expect(rules.map((rule) => [rule[1], rule[2]])).toEqual([
    ['B2', '可选值!$A$1:$A$2'],
    ['G2', '可选值!$B$1:$B$3'],
  ])
})
