import { expect, test } from 'vitest'
import { bornOfAge, filtersOf } from './drill'

test('an age is a span of birthdays: whole years on the day', () => {
  // Who was born on 1995-11-28 turns 31 on 2026-11-28.
  expect(bornOfAge('30_or_less', '2026-11-28')).toEqual({ born_from: '1995-11-29' })
  expect(bornOfAge('31_35', '2026-11-28')).toEqual({
    born_from: '1990-11-29',
    born_to: '1995-11-28',
  })
  expect(bornOfAge('61_or_more', '2026-11-28')).toEqual({ born_to: '1965-11-28' })
  expect(bornOfAge('unknown', '2026-11-28')).toEqual({})
})

test('spans follow each other without a gap', () => {
  const younger = bornOfAge('36_40', '2028-02-29')
  const older = bornOfAge('41_45', '2028-02-29')
  expect(younger.born_from).toBe('1987-03-01')
  expect(older.born_to).toBe('1987-02-28')
})

test('only what the members list can filter by leads there', () => {
  expect(filtersOf('sex', 'female', '2026-11-28')).toEqual({ sex: 'female' })
  expect(filtersOf('stage', 'probationary', '2026-11-28')).toEqual({ stage: 'probationary' })
  expect(filtersOf('joined_period', 'since_2012_11', '2026-11-28')).toEqual({
    joined_from: '2012-11-08',
  })
  expect(filtersOf('age', 'unknown', '2026-11-28')).toBeUndefined()
  expect(filtersOf('occupation', 'farmer', '2026-11-28')).toEqual({ occupation_band: 'farmer' })
  expect(filtersOf('ethnic_group', 'han', '2026-11-28')).toEqual({ ethnic_group: 'han' })
  expect(filtersOf('education', 'lower', '2026-11-28')).toEqual({ education_band: 'lower' })
})
