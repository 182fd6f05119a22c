import { describe, expect, it } from 'vitest'
import { formatOf } from '@/lib/format'
import { columnsOf, monthOfIndex, valueText } from './evidence'
import { basisParts } from './light'

const label = (set: string, code: string) => (set === 'organisation_kind' ? `(${code})` : code)
const zh = formatOf('zh')

describe('evidence', () => {
  it('leaves out ids and what no row has', () => {
    const rows = [
      { activity: 914464353481146371, kind: 'theme_day', held_on: '2026-11-09', period_kind: null },
      { activity: 914464353481146372, kind: 'theme_day', held_on: '2026-11-10', topic: 'x' },
    ]
    expect(columnsOf(rows)).toEqual(['kind', 'held_on', 'topic'])
  })
  it('shows months, amounts, days and codes as people write them', () => {
    expect(monthOfIndex(24318)).toBe('2026-07')
    expect(valueText('month', 24309, zh, label)).toBe('2025年10月')
    expect(valueText('amount_cents', 1246, zh, label)).toBe('12.46')
    expect(valueText('unpaid_from', '2026-08-01', zh, label)).toBe('2026年8月')
    expect(valueText('kind', 'branch', zh, label)).toBe('(branch)')
    expect(valueText('year', 2026, zh, label)).toBe('2026')
    expect(valueText('members', 1234, zh, label)).toBe('1,234')
    expect(valueText('extended_to', null, zh, label)).toBe('—')
  })
})

it('takes a basis apart into documents and what they say', () => {
  expect(basisParts('《甲》：一年一次；乙〔2008〕3号：不超过六个月')).toEqual([
    { document: '《甲》', says: '一年一次' },
    { document: '乙〔2008〕3号', says: '不超过六个月' },
  ])
  expect(basisParts('《丙》')).toEqual([{ document: '《丙》', says: '' }])
})
