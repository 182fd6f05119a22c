import { describe, expect, test } from 'vitest'
import {
  addedBy,
  COMPARED,
  differs,
  hasEnded,
  isKnown,
  isRow,
  REASONS,
  type Job,
} from './duplicates'

const SIDE = {
  person: '1',
  number: 'A',
  name: '欧阳文博',
  sex: 'male',
  birth: '1975-05-04',
  organisation: '一支部',
  citizen_id: '',
  phone: '',
  file: '',
  sheet: '',
  row: '0',
}
const PAIR = {
  first: '1',
  second: '2',
  reason: 'likely',
  state: 'open',
  one: SIDE,
  other: { ...SIDE, person: '2', number: 'B', name: '欧阳文勃' },
}
const JOB: Job = {
  id: '1',
  kind: 'registry.find_duplicates',
  organisation: '1',
  account: '1',
  about: {},
  state: 'done',
  part: 1000,
  rows: '0',
  created_ms: '1',
  started_ms: '2',
  finished_ms: '3',
  result: { pairs: '3', added: '2' },
  error: null,
}

describe('a pair', () => {
  test('differs in what is not the same', () => {
    expect(COMPARED.filter((field) => differs(PAIR, field))).toEqual(['name', 'number'])
  })

  test('may have a row of a workbook for its other side', () => {
    expect(isRow(PAIR.one)).toBe(false)
    expect(isRow({ ...SIDE, person: '0' })).toBe(true)
  })

  test('was found for a reason that has words, or for one that is new', () => {
    expect(isKnown(REASONS, 'name_phone')).toBe(true)
    expect(isKnown(REASONS, 'by_a_dream')).toBe(false)
  })
})

describe('a search', () => {
  test('ends, and tells what it found', () => {
    expect(hasEnded(JOB)).toBe(true)
    expect(hasEnded({ ...JOB, state: 'running' })).toBe(false)
    expect(addedBy(JOB)).toBe('2')
    expect(addedBy({ ...JOB, result: {} })).toBe('0')
  })
})
