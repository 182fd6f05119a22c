import { expect, test } from 'vitest'
import { readUpTo } from './print'

function pages(count: number, size: number) {
  const asked: (string | undefined)[] = []
  const read = (after: string | undefined) => {
    asked.push(after)
    const from = Number(after ?? 0)
    const items = Array.from({ length: Math.min(size, count - from) }, (_, at) => from + at)
    const next = from + items.length
    return Promise.resolve({ items, next: next < count ? String(next) : null })
  }
  return { asked, read }
}

test('a list is read page by page to its end', async () => {
  const { asked, read } = pages(5, 2)
  expect(await readUpTo(read, 10)).toEqual({ rows: [0, 1, 2, 3, 4], cut: false })
  expect(asked).toEqual([undefined, '2', '4'])
})

test('what lies beyond the limit is not read, and told', async () => {
  const { asked, read } = pages(9, 2)
  expect(await readUpTo(read, 3)).toEqual({ rows: [0, 1, 2], cut: true })
  expect(asked).toEqual([undefined, '2'])
  expect(await readUpTo(pages(4, 2).read, 4)).toEqual({ rows: [0, 1, 2, 3], cut: false })
})
