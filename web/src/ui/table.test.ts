import { afterEach, describe, expect, it } from 'vitest'
import { keepTaste, keptTaste, rowByKey, type Column } from './table'

const columns: Column<never>[] = [
  { id: 'name', header: '', text: () => '' },
  { id: 'code', header: '', text: () => '', hidden: true },
]
afterEach(() => localStorage.clear())

describe('taste', () => {
  it('is the usual one until it is chosen, then what was chosen', () => {
    expect(keptTaste('members', columns)).toEqual({ hidden: ['code'], dense: false })
    keepTaste('members', { hidden: [], dense: true })
    expect(keptTaste('members', columns)).toEqual({ hidden: [], dense: true })
    expect(keptTaste('lights', columns).dense).toBe(false)
  })

  it.each(['{', 'null', '{"hidden":1}', '[]'])('is the usual one where %s is kept', (kept) => {
    localStorage.setItem('jishi.table.members', kept)
    expect(keptTaste('members', columns)).toEqual({ hidden: ['code'], dense: false })
  })
})

it.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 19, 19],
  ['ArrowUp', 0, 0],
  ['PageDown', 5, 15],
  ['PageDown', 15, 19],
  ['PageUp', 5, 0],
  ['Home', 7, 0],
  ['End', 7, 19],
  ['a', 7, undefined],
])('%s leads from row %i to %s', (key, from, to) => expect(rowByKey(key, from, 20)).toBe(to))
