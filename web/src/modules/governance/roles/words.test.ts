import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { wordsOf } from './words'

test('every permission of the server has its words', () => {
  const header = readFileSync('../src/api/permissions.hpp', 'utf8')
  const named = [...header.matchAll(/PermissionEntry\{"([a-z_.]+)"/g)].map(
    (match) => match[1] ?? '',
  )
  expect(named.length).toBeGreaterThan(10)
  expect(wordsOf(named).filter((word) => !word.key)).toEqual([])
})

test('one that is new is shown by its name', () => {
  expect(wordsOf(['moon.walk'])).toEqual([{ permission: 'moon.walk', key: undefined }])
})
