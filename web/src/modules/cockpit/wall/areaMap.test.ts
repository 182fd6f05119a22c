import { expect, test } from 'vitest'
import { areasOf } from './areaMap'

const shape = (code: string, name: string) => ({
  type: 'Feature' as const,
  properties: { code, name },
  geometry: {},
})

test('an area has the figures of the organisation whose code it bears', () => {
  const shapes = {
    type: 'FeatureCollection' as const,
    features: [shape('E', 'East'), shape('W', 'West'), shape('X', 'Elsewhere')],
  }
  const below = [
    { organisation: '1', code: 'E', members: '12' },
    { organisation: '2', code: 'W', members: '3' },
  ]
  const lit = [{ organisation: '2', red: '4', yellow: '1' }]
  expect(areasOf(shapes, below, lit)).toEqual([
    { name: 'West', organisation: '2', red: 4, yellow: 1, members: 3 },
    { name: 'East', organisation: '1', red: 0, yellow: 0, members: 12 },
    { name: 'Elsewhere', organisation: undefined, red: 0, yellow: 0, members: 0 },
  ])
  expect(areasOf(undefined, below, lit)).toEqual([])
})
