import { expect, it } from 'vitest'
import { changesOf, isRecordDraft, merge, textsOf } from './record'

const record = {
  organisation: '7',
  kind: 'branch',
  unit_name: 'u',
  credit_code: '',
  unit_kind: '',
  division: '',
  founded: null,
  elected: '2024-01-02',
  term_years: 3,
  extended_to: null,
  phone: '010****77',
}
const seen = textsOf(record)

it('begins with what is on record, without the masked number', () => {
  expect(seen).toMatchObject({ term_years: '3', extended_to: '', phone: '' })
})

it('sends what was changed only', () => {
  const mine = { ...seen, unit_name: ' v ', elected: '' }
  expect(changesOf(seen, mine)).toEqual({ unit_name: 'v', elected: '' })
  expect(changesOf(seen, seen)).toEqual({})
})

it('takes over what another changed, and leaves to the person what both did', () => {
  const now = { ...seen, unit_name: 'theirs', term_years: '5', division: 'same' }
  const mine = { ...seen, unit_name: 'mine', elected: '2025-01-01', division: 'same' }
  const merged = merge(seen, now, mine)
  expect(merged.clashes).toEqual(['unit_name'])
  expect(merged.mine).toMatchObject({
    unit_name: 'mine',
    elected: '2025-01-01',
    term_years: '5',
    division: 'same',
  })
})

it('knows a draft', () => {
  expect(isRecordDraft({ seen, mine: seen })).toBe(true)
  expect(isRecordDraft({ seen, mine: {} })).toBe(false)
  expect(isRecordDraft(null)).toBe(false)
})
