import { describe, expect, it } from 'vitest'
import { byProcess, isWithin, kindOf, periodOf, valueOf, type Setting } from './settings'

const setting = (change: Partial<Setting>): Setting => ({
  process: 'p',
  name: 'n',
  title: '',
  value: '',
  standard: '',
  origin: 'pack',
  organisation: '0',
  organisation_name: '',
  least: '1',
  most: '90',
  choices: [],
  basis: '',
  ...change,
})

describe('a setting', () => {
  it('is a choice, a period or a number, by its bounds', () => {
    expect(kindOf(setting({ choices: ['due', 'present'], least: '' }))).toBe('choice')
    expect(kindOf(setting({ least: 'P0D', most: 'P6M' }))).toBe('period')
    expect(kindOf(setting({}))).toBe('number')
  })

  it('has periods of one unit', () => {
    expect(periodOf('P3M')).toEqual({ count: 3, unit: 'M' })
    expect(periodOf('P1Y6M')).toBeUndefined()
    expect(periodOf('30')).toBeUndefined()
  })

  it('is sent as the server takes it', () => {
    const given = { choice: 'due', count: 15, unit: 'D' as const }
    expect(valueOf('choice', given)).toBe('due')
    expect(valueOf('period', given)).toBe('P15D')
    expect(valueOf('number', given)).toBe('15')
    expect(valueOf('number', { ...given, count: undefined })).toBeUndefined()
    expect(valueOf('period', { ...given, count: 1.5 })).toBeUndefined()
  })

  it('keeps within its bounds, across units', () => {
    const period = setting({ least: 'P1M', most: 'P1Y' })
    expect(isWithin(period, 'P29D')).toBe(false)
    expect(isWithin(period, 'P30D')).toBe(true)
    expect(isWithin(period, 'P12M')).toBe(true)
    expect(isWithin(period, 'P2Y')).toBe(false)
    expect(isWithin(setting({}), '91')).toBe(false)
    expect(isWithin(setting({ choices: ['due'] }), 'anybody')).toBe(false)
  })

  it('stands with the others of its process', () => {
    const groups = byProcess([
      setting({ process: 'b', name: '1' }),
      setting({ process: 'a' }),
      setting({ process: 'b', name: '2' }),
    ])
    expect([...groups.keys()]).toEqual(['b', 'a'])
    expect(groups.get('b')?.map(({ name }) => name)).toEqual(['1', '2'])
  })
})
