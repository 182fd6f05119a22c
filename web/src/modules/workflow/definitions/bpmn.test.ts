import { expect, it } from 'vitest'
import { firstView, heightOf } from './bpmn'

const small = { x: 100, y: 50, width: 1000, height: 300 }
const large = { x: 100, y: 50, width: 4000, height: 1500 }

it('shows all of a drawing whose names can be read then', () => {
  const view = firstView(small, { width: 800, height: 400 }, undefined)
  const [right, foot] = [view.x + view.width, view.y + view.height]
  expect(view.x).toBeLessThan(100)
  expect(right).toBeGreaterThan(1100)
  expect(view.y).toBeLessThan(50)
  expect(foot).toBeGreaterThan(350)
  // In the middle of the room.
  expect(100 - view.x).toBeCloseTo(right - 1100)
  expect(50 - view.y).toBeCloseTo(foot - 350)
})

it('shows the part about a place of a larger one, and nothing beside the drawing', () => {
  const room = { width: 800, height: 400 }
  expect(firstView(large, room, { x: 150, y: 100, width: 36, height: 36 })).toEqual({
    x: 75,
    y: 25,
    width: 1000,
    height: 500,
  })
  const there = firstView(large, room, { x: 2000, y: 800, width: 100, height: 80 })
  expect(there.x + there.width / 2).toBe(2050)
  expect(there.y + there.height / 2).toBe(840)
  const end = firstView(large, room, { x: 4050, y: 1500, width: 36, height: 36 })
  expect(end.x + end.width).toBe(4125)
  expect(end.y + end.height).toBe(1575)
})

it('leaves out what is covered at the left', () => {
  const start = { x: 150, y: 100, width: 36, height: 36 }
  expect(firstView(large, { width: 800, height: 400 }, start, 80).x).toBe(-25)
})

it('is as high as the drawing needs it', () => {
  expect(heightOf(small, 1040, 200, 560)).toBe(340)
  expect(heightOf(small, 540, 100, 560)).toBe(190)
  expect(heightOf(small, 540, 200, 560)).toBe(200)
  expect(heightOf(large, 1040, 200, 560)).toBe(560)
})
