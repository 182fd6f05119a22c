import { expect, test } from 'vitest'
import { stepFrom } from './kiosk'

test('views follow each other in a ring', () => {
  expect(stepFrom(0, 1, 4)).toBe(1)
  expect(stepFrom(3, 1, 4)).toBe(0)
  expect(stepFrom(0, -1, 4)).toBe(3)
  expect(stepFrom(0, 1, 0)).toBe(0)
})
