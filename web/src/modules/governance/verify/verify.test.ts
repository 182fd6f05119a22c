import { expect, test } from 'vitest'
import { resultOf, toneOf, type Job } from './verify'

const job = (state: Job['state'], result: object = {}) => ({ state, result }) as Job

test('what does not fit is bad, though the work is done', () => {
  expect(toneOf(job('done', { fits: true }))).toBe('good')
  expect(toneOf(job('done', { fits: false }))).toBe('bad')
  expect(toneOf(job('running'))).toBe('careful')
})

test('there is no result before the end, nor of what was given up', () => {
  expect(resultOf(job('running', { fits: true }))).toBeUndefined()
  expect(resultOf(job('cancelled'))).toBeUndefined()
  expect(resultOf(job('done', { fits: true, facts: '12' }))).toMatchObject({
    facts: 12,
    misfits: [],
    signatures_checked: false,
  })
})
