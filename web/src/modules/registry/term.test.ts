import { expect, it } from 'vitest'
import { termEnd } from './term'

it.each([
  ['2022-08-08', 5, null, '2027-08-08'],
  ['2020-02-29', 3, null, '2023-02-28'],
  ['2020-02-29', 4, null, '2024-02-29'],
  ['2020-12-14', 5, '2026-06-30', '2026-06-30'],
  [null, 5, null, undefined],
  ['2022-08-08', null, null, undefined],
])('elected %s for %s years, extended to %s: %s', (elected, term_years, extended_to, end) => {
  expect(termEnd({ elected, term_years, extended_to })).toBe(end)
})
