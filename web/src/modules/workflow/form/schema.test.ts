import { describe, expect, it } from 'vitest'
import { knownRows } from './known'
import {
  addresseeOf,
  askedIn,
  firstAnswer,
  kindOf,
  missingIn,
  readCents,
  sentAnswer,
  writeCents,
  type Schema,
} from './schema'

const FORM: Schema = {
  type: 'object',
  required: ['reviewed_on', 'items'],
  properties: {
    reviewed_on: { type: 'string', format: 'date' },
    note: { type: 'string', 'x-lines': 4 },
    ready: { type: 'boolean' },
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['cents'],
        properties: { cents: { type: 'integer', 'x-unit': 'cents' }, kind: { enum: ['a', 'b'] } },
      },
    },
  },
}

describe('a form', () => {
  it.each<[Schema, string]>([
    [{ type: 'string', enum: ['a'] }, 'choice'],
    [{ type: 'string', format: 'date' }, 'date'],
    [{ type: 'string', format: 'month' }, 'month'],
    [{ type: 'string', 'x-pick': 'person' }, 'person'],
    [{ type: 'string', 'x-pick': 'organisation' }, 'organisation'],
    [{ type: 'string', 'x-lines': 6 }, 'lines'],
    [{ type: 'string' }, 'text'],
    [{ type: 'integer' }, 'number'],
    [{ type: 'integer', 'x-unit': 'cents' }, 'cents'],
    [{ type: 'boolean' }, 'yes_no'],
    [{ type: 'array', 'x-pick': 'person', items: { type: 'string' } }, 'persons'],
    [{ type: 'array', items: { type: 'string' } }, 'texts'],
    [{ type: 'array', items: { type: 'object' } }, 'rows'],
  ])('asks for %j by %s', (schema, kind) => {
    expect(kindOf(schema)).toBe(kind)
  })

  it('begins with what the case holds, then with what is known', () => {
    const first = firstAnswer(FORM, { note: 'held', other: 1 }, { note: 'known', ready: true })
    expect(first).toEqual({ reviewed_on: null, note: 'held', ready: true, items: null })
  })

  it('says what is missing, in rows too; no is an answer', () => {
    expect(missingIn(FORM, { ready: false, items: [] })).toEqual(['reviewed_on', 'items'])
    const rows = { reviewed_on: '2026-01-02', items: [{ cents: 0 }, { kind: 'a' }] }
    expect(missingIn(FORM, rows)).toEqual(['items[1].cents'])
    const blank = { reviewed_on: ' \u3000', items: [{ cents: 0 }] }
    expect(missingIn(FORM, blank)).toEqual(['reviewed_on'])
  })

  it('makes rows of a list of the case: of an agenda, of what is voted on', () => {
    const topic = { type: 'string', 'x-known': 'case.agenda' }
    const votes: Schema = { items: { properties: { yes: { type: 'integer' }, topic } } }
    const agenda = [{ topic: 'a', vote: true }, { topic: 'b' }]
    expect(knownRows(votes, { agenda })).toEqual([{ topic: 'a' }])
    expect(knownRows(votes, { agenda: [{ topic: 'b' }] })).toEqual([{ topic: 'b' }])
    expect(knownRows(votes, {})).toBeUndefined()
    // Of ids, one each: every member of an appraisal has a row.
    const person = { type: 'string', 'x-pick': 'person', 'x-known': 'case.members' }
    const grades: Schema = { items: { properties: { person, grade: { type: 'string' } } } }
    const rows = [{ person: '7' }, { person: '8' }]
    expect(knownRows(grades, { members: ['7', '8'] })).toEqual(rows)
    expect(knownRows({ type: 'string', 'x-known': 'case.agenda' }, { agenda })).toBeUndefined()
  })

  it('neither shows nor sends what holds a form of its own', () => {
    const form: Schema = { properties: { n: {}, more: { type: 'object', 'x-asks': true } } }
    expect(sentAnswer(form, { n: 'a', more: 'b' })).toEqual({ n: 'a' })
  })

  it('sends every field, blank ones as null, and no blanks in rows', () => {
    const sent = sentAnswer(FORM, {
      reviewed_on: '2026-01-02',
      note: '',
      stranger: 1,
      items: [{ cents: 5, kind: '', from: '2026-01-01' }],
    })
    expect(sent).toEqual({
      reviewed_on: '2026-01-02',
      note: null,
      ready: null,
      items: [{ cents: 5 }],
    })
  })
})

describe('amounts', () => {
  it.each([
    ['12.5', 1250],
    ['5000', 500000],
    ['５，０００．０１', 500001],
    ['5,000.01', 500001],
    ['0.29', 29],
    ['1.005', undefined],
    ['', undefined],
    ['-3', undefined],
  ])('%s is %s cents', (text, cents) => {
    expect(readCents(text)).toBe(cents)
  })

  it.each([
    [29, '0.29'],
    [500001, '5000.01'],
    [null, ''],
  ])('%s cents are written %s', (cents, text) => {
    expect(writeCents(cents)).toBe(text)
  })
})

describe('what is asked of a row only in doubt', () => {
  const ITEMS: Schema = {
    properties: {
      topic: { type: 'string' },
      matter: { enum: ['election', 'other'], 'x-asked-when': { topic: '党员|选举' } },
    },
  }
  it.each([
    [{}, ['topic']],
    [{ topic: '年度计划' }, ['topic']],
    [{ topic: '讨论党员身份' }, ['topic', 'matter']],
    [{ topic: '年度计划', matter: 'other' }, ['topic', 'matter']],
  ])('%j', (row, names) => expect(askedIn(ITEMS, row).map(([name]) => name)).toEqual(names))

  it('what the server made of a text stands there where nothing else does', () => {
    const form: Schema = { properties: { minutes: { type: 'string', default: '记录' } } }
    expect(firstAnswer(form, {})).toEqual({ minutes: '记录' })
    expect(firstAnswer(form, { minutes: '改过的' })).toEqual({ minutes: '改过的' })
  })
})

it.each<[Schema, string | undefined]>([
  [{ 'x-kind': 'committee' }, 'committee'],
  [{ 'x-kind': 'lasting_branch', 'x-under': 'committee' }, 'sibling'],
  [{ 'x-kind': 'lasting_branch', 'x-under': 'receiving_committee' }, undefined],
  [{ 'x-kind': 'branch', 'x-under': 'committee' }, undefined],
  [{}, undefined],
])('%o is found among: %s', (schema, where) => expect(addresseeOf(schema)).toBe(where))
