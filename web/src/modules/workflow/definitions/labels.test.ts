import { expect, it } from 'vitest'
import { boxesOfLine, settle, type Box } from './labels'

const line = boxesOfLine([
  { x: 0, y: 100 },
  { x: 400, y: 100 },
])
const moved = (box: Box, { x, y }: { x: number; y: number }) => ({
  ...box,
  x: box.x + x,
  y: box.y + y,
})
const overlaps = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height

it('leaves a name that covers nothing', () => {
  const box = { x: 20, y: 80, width: 50, height: 14 }
  expect(settle([{ box, own: line }], [], line)).toEqual([{ x: 0, y: 0 }])
})

it('moves names off signs, lines and each other', () => {
  const names = [
    { x: 100, y: 84, width: 50, height: 28 }, // of two lines, over its flow
    { x: 110, y: 92, width: 50, height: 14 },
  ]
  const sign = { x: 70, y: 75, width: 50, height: 50 }
  const moves = settle(
    names.map((box) => ({ box })),
    [sign],
    line,
  )
  const [first, second] = names.map((box, index) => moved(box, moves[index] ?? { x: 0, y: 0 }))
  if (!first || !second) throw new Error('both are placed')
  expect(overlaps(first, second)).toBe(false)
  for (const box of [first, second])
    for (const other of [sign, ...line]) expect(overlaps(box, other)).toBe(false)
})

it('keeps the name of a flow at its own flow', () => {
  const other = boxesOfLine([
    { x: 0, y: 140 },
    { x: 400, y: 140 },
  ])
  const box = { x: 20, y: 104, width: 50, height: 14 }
  const busy = { x: 10, y: 90, width: 90, height: 30 }
  const [move = { x: 0, y: 0 }] = settle([{ box, own: line }], [busy], [...line, ...other])
  expect(moved(box, move).y).toBeLessThan(100)
})
