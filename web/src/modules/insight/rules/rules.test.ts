import { expect, it } from 'vitest'
import { originOf, withinBounds, type HeldParameter } from './rules'

it.each([
  [5, true],
  [0, true],
  [20, true],
  [21, false],
  [-1, false],
  [2.5, false],
  [undefined, false],
])('%s is within 0 and 20: %s', (value, fits) => {
  expect(withinBounds(value, '0', '20')).toBe(fits)
})

it.each([
  ['0', 'pack'],
  ['7', 'here'],
  ['3', 'above'],
])('a value set at %s comes from %s', (set, origin) => {
  expect(originOf({ set_at: set } as HeldParameter, '7')).toBe(origin)
})
