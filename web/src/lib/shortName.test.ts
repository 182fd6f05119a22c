import { expect, it } from 'vitest'
import { shortName } from './shortName'

const CITY = '中共临湖市委员会'
const DISTRICT = '中共临湖市望澜区委员会'
const SUBDISTRICT = '中共临湖市望澜区柳港街道委员会'
const COMMUNITY = '中共临湖市望澜区柳港街道白林社区委员会'

it.each([
  [DISTRICT, CITY, '望澜区委员会'],
  ['中共临湖市委教育工作委员会', CITY, '教育工作委员会'],
  [SUBDISTRICT, DISTRICT, '柳港街道委员会'],
  [COMMUNITY, SUBDISTRICT, '白林社区委员会'],
  ['中共临湖市望澜区柳港街道白林社区第三支部委员会', COMMUNITY, '第三支部委员会'],
])('%s below %s is %s', (name, parent, short) => {
  expect(shortName(name, parent)).toBe(short)
})

it.each([
  ['中共临湖理工学院委员会', CITY], // what is shared ends within a word
  ['临湖船厂党委', CITY],
  [CITY, CITY], // nothing would be left
  [CITY, ''],
  ['Branch Nine', 'Branch Ten'],
])('%s below %s keeps its name', (name, parent) => {
  expect(shortName(name, parent)).toBe(name)
})
