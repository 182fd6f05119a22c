import { describe, expect, it } from 'vitest'
import type { Schema } from '../form/schema'
import type { Definition } from '../definitions/definitions'
import { firstForm, givenIn, yearIn, yearsOf } from './start'

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

describe('the year that a case begins with', () => {
  const yearly = { type: 'object', properties: { year: { type: 'integer' } } } as Schema
  it.each([
    ['dues_base', yearly, { year: 2027 }, 2027],
    ['dues_base', yearly, { year: '2027' }, 2027],
    ['dues_base', yearly, { year: 202 }, undefined],
    ['dues_base', yearly, {}, undefined],
    ['dues_base', form, { year: 2027 }, undefined],
    ['meeting', yearly, { year: 2027 }, undefined],
  ])('%s %#', (process, schema, answer, year) => expect(yearIn(process, schema, answer)).toBe(year))
})

describe('the first form', () => {
  const withForm = (schema: Schema) =>
    ({
      words: {
        start: { role: '', at: '', waits: false },
        elements: new Map([['fill', { kind: 'userTask', form: 'plan' }]]),
      },
      files: [{ name: 'plan.json', content: JSON.stringify(schema) }],
      articles: {},
    }) as unknown as Definition

  it('is asked for before the case is begun', () => {
    expect(firstForm(withForm(form))).toEqual(form)
  })
  it('is not, where the case itself proposes what it asks for', () => {
    const plan = { type: 'array', 'x-known': 'case.proposed' }
    expect(firstForm(withForm({ properties: { plan } }))).toBeUndefined()
  })
})

describe('the years that a procedure may be of', () => {
  it.each([
    ['year_plan', [2026, 2027]],
    ['appraisal', [2026, 2025]],
    ['meeting', []],
  ])('%s', (process, years) => expect(yearsOf(process, 2026)).toEqual(years))
})
