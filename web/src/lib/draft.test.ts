import { beforeEach, expect, it, vi } from 'vitest'
import { draftKey, dropDraft, keepDraft, keptDraft } from './draft'

class Store {
  [key: string]: unknown
  getItem(key: string) {
    return (this[key] as string | undefined) ?? null
  }
  setItem(key: string, value: string) {
    this[key] = value
  }
  removeItem(key: string) {
    delete this[key]
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const DAY_MS = 86_400_000

beforeEach(() => vi.stubGlobal('localStorage', new Store()))

it('keeps a draft under the account, and forgets it when it is dropped', () => {
  const key = draftKey('7', 'meeting', '12')
  keepDraft(key, 'half a sentence', 5)
  expect(keptDraft(key, isText)).toEqual({ at: 5, value: 'half a sentence' })
  expect(keptDraft(draftKey('8', 'meeting', '12'), isText)).toBeUndefined()
  dropDraft(key)
  expect(keptDraft(key, isText)).toBeUndefined()
})

it('does not give what has another shape', () => {
  const key = draftKey('7', 'meeting')
  keepDraft(key, { topic: 'x' })
  expect(keptDraft(key, isText)).toBeUndefined()
  localStorage.setItem(key, '{broken')
  expect(keptDraft(key, isText)).toBeUndefined()
})

it('forgets what is old, and the oldest of many', () => {
  const now = 100 * DAY_MS
  keepDraft(draftKey('7', 'old'), 'old', now - 31 * DAY_MS)
  keepDraft(draftKey('7', 'a'), 'a', now)
  expect(keptDraft(draftKey('7', 'old'), isText)).toBeUndefined()
  for (let index = 0; index < 30; index += 1)
    keepDraft(draftKey('7', `more${index}`), 'm', now + 1 + index)
  expect(keptDraft(draftKey('7', 'a'), isText)).toBeUndefined()
  expect(keptDraft(draftKey('7', 'more0'), isText)).toBeDefined()
})
