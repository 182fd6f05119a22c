import { expect, it } from 'vitest'
import { byUrgency, type Light } from './today'

const light = (name: string, due: string | null, level: string) => ({ name, due, level }) as Light

it('comes by due date, red first of a day, what has none last', () => {
  const lights = [
    light('d', null, 'red'),
    light('c', '2026-07-01', 'red'),
    light('b', '2026-06-30', 'yellow'),
    light('a', '2026-06-30', 'red'),
  ]
  expect(lights.sort(byUrgency).map((one) => one.name)).toEqual(['a', 'b', 'c', 'd'])
})
