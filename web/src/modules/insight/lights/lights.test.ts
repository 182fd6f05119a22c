import { describe, expect, it } from 'vitest'
import { byRule, filterOf, total, type Count } from './lights'

const counts = [
  { rule: 'dues/unpaid', level: 'yellow', lights: '9' },
  { rule: 'orglife/lecture', level: 'red', lights: '2' },
  { rule: 'dues/unpaid', level: 'red', lights: '4' },
] as Count[]

describe('the filter of a board', () => {
  it('is by due date unless told, and leaves out what is no level or state', () => {
    expect(filterOf({})).toEqual({ rule: '', level: '', state: '', order: 'due', asOf: '' })
    expect(filterOf({ level: 'green', state: 'asleep', as_of: 'soon', order: 'x' })).toEqual(
      filterOf({}),
    )
  })
  it('asks for no state on another day', () => {
    expect(filterOf({ state: 'open', as_of: '2026-06-30' })).toMatchObject({
      state: '',
      asOf: '2026-06-30',
    })
  })
})

it('counts by rule, the most red first, and in sum', () => {
  const rules = byRule(counts)
  expect(rules).toEqual([
    { rule: 'dues/unpaid', red: 4, yellow: 9 },
    { rule: 'orglife/lecture', red: 2, yellow: 0 },
  ])
  expect(total(rules, 'red')).toBe(6)
  expect(total(rules, 'red', 'orglife/lecture')).toBe(2)
})
