import { expect, it } from 'vitest'
import { dimensionsOf, filterOf } from './bands'

it('comes in the order of reports and of the code tables', () => {
  const band = (dimension: string, code: string, members: string) => ({
    dimension,
    band: code,
    members,
  })
  const found = dimensionsOf(
    [
      band('new', 'x', '1'),
      band('age', '31_35', '2'),
      band('age', 'odd', '9'),
      band('age', '30_or_less', '3'),
      band('sex', 'male', '4'),
    ],
    (set) => (set === 'age_band' ? ['30_or_less', '31_35'] : []),
  )
  expect(found.map((one) => [one.id, one.set, one.all])).toEqual([
    ['sex', 'sex', 4],
    ['age', 'age_band', 14],
    ['new', 'new', 1],
  ])
  expect(found[1]?.bands.map((one) => one.code)).toEqual(['30_or_less', '31_35', 'odd'])
})

it.each([
  ['sex', 'female', { sex: 'female', status: 'normal' }],
  ['stage', 'full', { stage: 'full', status: 'normal' }],
  ['age', '30_or_less', { status: 'normal', born_from: '1995-11-29' }],
  ['age', '31_35', { status: 'normal', born_from: '1990-11-29', born_to: '1995-11-28' }],
  ['age', '61_or_more', { status: 'normal', born_to: '1965-11-28' }],
  ['age', 'unknown', undefined],
  ['education', 'lower', { education_band: 'lower', status: 'normal' }],
  ['new', 'x', undefined],
])('%s %s leads to %o', (dimension, band, filter) => {
  expect(filterOf(dimension, band, '2026-11-28')).toEqual(filter)
})

it('knows that most years have no 29 February', () => {
  expect(filterOf('age', '61_or_more', '2024-02-29')).toEqual({
    status: 'normal',
    born_to: '1963-02-28',
  })
})
