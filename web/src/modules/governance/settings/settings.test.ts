import { expect, test } from 'vitest'
import { isWithin, originOf, type Parameter } from './settings'

function parameter(more: Partial<Parameter>): Parameter {
  return {
    name: 'warn_days',
    value: '15',
    standard: '15',
    least: '0',
    most: '60',
    set_at: '0',
    set_at_name: '',
    ...more,
  }
}

test('a value comes from the rule, from here, or from above', () => {
  expect(originOf(parameter({}), '7')).toBe('standard')
  expect(originOf(parameter({ value: '20', set_at: '7' }), '7')).toBe('here')
  expect(originOf(parameter({ set_at: '7' }), '7')).toBe('here')
  expect(originOf(parameter({ value: '20', set_at: '3' }), '7')).toBe('above')
  expect(originOf(parameter({ value: '20' }), '7')).toBe('above')
})

test('a value is a whole number within its bounds', () => {
  for (const good of [0, 30, 60]) expect(isWithin(good, parameter({}))).toBe(true)
  for (const wrong of [undefined, -1, 61, 1.5, Number.NaN])
    expect(isWithin(wrong, parameter({}))).toBe(false)
})
