import { expect, test } from 'vitest'
import { inLines } from './lines'

test('a short name is one line', () => {
  expect(inLines('Worker')).toBe('Worker')
  expect(inLines('农牧渔民')).toBe('农牧渔民')
})

test('a long name breaks between words, or between Chinese signs', () => {
  expect(inLines('October 1949 to December 1978')).toBe('October 1949 to\nDecember 1978')
  expect(inLines('党的十一届三中全会后至党的十八大前')).toBe('党的十一届三中全会后至\n党的十八大前')
})

test('what does not fit ends with an ellipsis', () => {
  expect(inLines('企'.repeat(30))).toBe(`${'企'.repeat(11)}\n${'企'.repeat(11)}…`)
})
