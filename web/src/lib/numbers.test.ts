import { expect, it } from 'vitest'
import { readDecimal } from './numbers'

it.each([
  ['12', 12],
  ['-0.5', -0.5],
  ['1,234.50', 1234.5],
  ['１２．５', 12.5],
  ['  7 ', 7],
  ['.5', 0.5],
  ['', undefined],
  ['12元', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['1.2.3', undefined],
])('%s is %s', (text, value) => expect(readDecimal(text)).toBe(value))
