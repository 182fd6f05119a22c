import { expect, test } from 'vitest'
import { grouped, linesOf, type Figures } from './books'

const figures: Figures = {
  carried: '0.00',
  collected: '1670.05',
  large: '0.00',
  own: '0.00',
  received: '1600.00',
  due: '1.00',
  kept: '1669.05',
  remitted: '0.00',
  missing: '1.00',
  used: '300.00',
  used_training: '300.00',
  used_materials: '0.00',
  used_honours: '0.00',
  used_hardship: '0.00',
  used_disaster: '0.00',
  balance: '1300.00',
}

test('amounts are grouped to the cent', () => {
  expect(['0.00', '999.99', '1000.05', '1234567.89', '-1234.50'].map(grouped)).toEqual([
    '0.00',
    '999.99',
    '1,000.05',
    '1,234,567.89',
    '-1,234.50',
  ])
})

test('of parts only those are told that are something', () => {
  const ids = linesOf(figures, false).map(({ lines }) => lines.map(({ id }) => id))
  expect(ids[0]).toEqual(['collected'])
  expect(ids[2]).toEqual([
    'carried',
    'own',
    'received',
    'remitted',
    'used',
    'used_training',
    'balance',
  ])
})

test('who has nobody above is told of nothing to pass up', () => {
  expect(linesOf(figures, true).map(({ title }) => title)).toEqual(['collected', 'cash'])
})
