import { expect, it } from 'vitest'
import { columnNamed, fold, layoutOf } from './kinds'

const NONE = new Map<string, string>()
const sheet = (...rows: string[][]) => new Map(rows.map((cells, at) => [at + 1, cells]))

it('knows headers whatever stands about them', () => {
  expect(fold('身份证号码\n(18位)')).toBe('身份证号码')
  expect(columnNamed('members', '*姓 名')).toBe('姓名')
  expect(columnNamed('members', '入党时间（2019/10/24）')).toBe('入党日期')
  expect(columnNamed('members', '书记姓名')).toBeUndefined()
  // 联系电话 is the organisation's own in one kind, and the person's in the other.
  expect(columnNamed('organisations', '联系电话')).toBe('联系电话')
  expect(columnNamed('members', '联系电话')).toBe('手机号码')
})

it('finds the header below titles, and what it lacks', () => {
  const rows = sheet(
    ['党 员 名 册'],
    ['', '单位:'],
    ['姓名', '人员类别', '所在支部', '备注'],
    ['a'],
  )
  const layout = layoutOf(rows, 'members', NONE)
  expect(layout).toMatchObject({ headerRow: 3, missing: ['入党日期'] })
  expect(layout?.columns).toEqual(['姓名', '人员类别', '组织代码', undefined])
})

it('follows what a person said of a header', () => {
  const rows = sheet(['党员姓名', '人员类别', '所在支部', '入党时间', '姓名'])
  const mapping = new Map([
    ['党员姓名', '姓名'],
    ['姓名', ''],
  ])
  expect(layoutOf(rows, 'members', mapping)).toMatchObject({
    columns: ['姓名', '人员类别', '组织代码', '入党日期', undefined],
    missing: [],
  })
})

it('finds the nearest kind of a sheet that the server did not recognise', () => {
  const rows = sheet(['人员编号', '姓名', '所属月份', '备注'])
  expect(layoutOf(rows, null, NONE)).toMatchObject({ kind: 'dues', missing: ['金额'] })
  expect(layoutOf(sheet(['这是说明'], ['第二行']), null, NONE)).toBeUndefined()
})
