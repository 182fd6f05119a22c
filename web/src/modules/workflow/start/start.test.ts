import { describe, expect, it } from 'vitest'
import type { Schema } from '../form/schema'
import { givenIn } from './start'

const form = {
  type: 'object',
  properties: {
    kind: { type: 'string', enum: ['lecture', 'theme_day'] },
    planned_on: { type: 'string', format: 'date' },
    agenda: { type: 'array' },
    minutes: { type: 'integer' },
  },
} as Schema

describe('what an address says of a form', () => {
  it.each([
    [
      { kind: 'lecture', planned_on: '2026-12-15' },
      { kind: 'lecture', planned_on: '2026-12-15' },
    ],
    [{ kind: 'banquet' }, {}],
    [{ kind: ['lecture'], planned_on: '' }, {}],
    [{ agenda: '[]', minutes: '5', organisation: '7' }, {}],
  ])('%j', (query, given) => expect(givenIn(form, query)).toEqual(given))

  it('nothing, where there is no form', () => expect(givenIn(undefined, { kind: 'x' })).toEqual({}))
})
