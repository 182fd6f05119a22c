import { expect, test } from 'vitest'
import { shortNames } from './shortNames'

test('what stands below is named without the name above', () => {
  const above = '中共临湖市委员会'
  expect(shortNames(['中共临湖市望澜区委员会', '中共临湖市委教育工作委员会'], above)).toEqual([
    '望澜区委员会',
    '教育工作委员会',
  ])
  expect(shortNames(['第一支部', '中共东街支部委员会'], above)).toEqual([
    '第一支部',
    '东街支部委员会',
  ])
})

test('names that would be the same or next to nothing keep all', () => {
  const names = ['中共临湖市东街支部', '东街支部', '中共临湖市']
  expect(shortNames(names, '中共临湖市委员会')).toEqual(names)
})
