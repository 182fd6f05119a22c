import { expect, it } from 'vitest'
import { stepTo } from './roster'

it.each([
  ['ArrowRight', 0, 1],
  ['ArrowDown', 1, 4],
  ['ArrowUp', 1, 1],
  ['ArrowDown', 6, 6],
  ['End', 0, 6],
  ['Home', 5, 0],
  ['a', 2, undefined],
])('%s from %i leads to %s in seven names of three columns', (key, from, to) => {
  expect(stepTo(key, from, 7, 3)).toBe(to)
})

it('leads nowhere where nobody is', () => {
  expect(stepTo('End', 0, 0, 3)).toBeUndefined()
})
