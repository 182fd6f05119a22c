import { expect, test } from 'vitest'
import { forEach, lacks, type Line } from './bases'

const line: Line = { person: '1', name: '', number: '', fixed: false, running: '' }

test('begun is what has no base and no case; what is not read yet is left alone', () => {
  const fixed = { monthly: '10.00', on: '2026-01-01' }
  for (const [change, may] of [
    [{}, true],
    [{ running: '7' }, false],
    [{ fixed }, false],
    [{ fixed: undefined }, false],
  ] as [Partial<Line>, boolean][])
    expect(lacks({ ...line, ...change }), JSON.stringify(change)).toBe(may)
})

test('each of many is done once, a few at a time', async () => {
  const done: number[] = []
  let now = 0
  let most = 0
  const items = Array.from({ length: 20 }, (_, index) => index)
  await forEach(items, async (item) => {
    most = Math.max(most, (now += 1))
    await Promise.resolve()
    now -= 1
    done.push(item)
  })
  expect([...done].sort((one, other) => one - other)).toEqual(items)
  expect(most).toBeLessThanOrEqual(4)
})

test('a refusal is told', async () => {
  const work = () => Promise.reject(new Error('no'))
  await expect(forEach([1], work)).rejects.toThrow('no')
})
