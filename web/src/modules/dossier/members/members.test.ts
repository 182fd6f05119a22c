import { beforeEach, describe, expect, test, vi } from 'vitest'
import { listOf } from './members'
import { fromStart, readQuery, setFilters, stepBack, stepOn, withFilter, writeQuery } from './query'
import { dropView, keptViews, saveView } from './views'

const ADDRESS = {
  organisation: '7',
  name: 'zw',
  status: 'normal',
  born_to: '1990-12-31',
  order: 'birth',
  descending: 'true',
  after: 'x~9',
  page: '3',
}

describe('what is asked for', () => {
  test('stands in the address, all of it', () => {
    expect(writeQuery(readQuery(ADDRESS))).toEqual(ADDRESS)
    expect(writeQuery(readQuery({}))).toEqual({})
  })

  test('is read from addresses that nobody wrote with care', () => {
    const asked = readQuery({ order: 'shoes', page: '7', name: ['a', 'b'], descending: '1' })
    expect(asked).toMatchObject({ order: 'name', page: 1, descending: false })
    expect(asked.filters.name).toBe('a')
    expect(readQuery({ after: 'x', page: '-4' }).page).toBe(2)
  })

  test('begins anew when a filter changes', () => {
    const asked = withFilter(readQuery(ADDRESS), 'sex', 'female')
    expect(asked).toMatchObject({ after: '', page: 1, order: 'birth' })
    expect(setFilters(asked)).toEqual(['name', 'status', 'sex', 'born_to'])
  })

  test('of another day, what that list does not know does not count', () => {
    expect(setFilters(readQuery({ ...ADDRESS, on: '2025-01-01' }))).toEqual(['name', 'status'])
  })
})

describe('the way through the pages', () => {
  test('leads back as it came', () => {
    let at = stepOn(readQuery({ organisation: '7' }), [], 'two')
    at = stepOn(at.asked, at.trail, 'three')
    expect(at).toMatchObject({ asked: { after: 'three', page: 3 }, trail: ['two', 'three'] })
    at = stepBack(at.asked, at.trail)
    expect(at).toMatchObject({ asked: { after: 'two', page: 2 }, trail: ['two'] })
    at = stepBack(at.asked, at.trail)
    expect(at).toEqual({ asked: fromStart(readQuery({ organisation: '7' })), trail: [] })
  })

  test('of a link that somebody sent leads to the beginning', () => {
    expect(stepBack(readQuery(ADDRESS), []).asked).toMatchObject({ after: '', page: 1 })
  })
})

describe('a file', () => {
  const queryOf = (address: string) =>
    Object.fromEntries(new URL(address, 'http://127.0.0.1').searchParams)

  test('holds what is on the screen', () => {
    expect(queryOf(listOf(readQuery(ADDRESS), ['name', 'birth']))).toEqual({
      fields: 'name,birth',
      name: 'zw',
      status: 'normal',
      born_to: '1990-12-31',
      order: 'birth',
      descending: 'true',
    })
  })

  test('of another day holds what that list knows', () => {
    const asked = readQuery({ ...ADDRESS, on: '2025-01-01', order: 'number' })
    expect(queryOf(listOf(asked, ['name']))).toEqual({
      fields: 'name',
      on: '2025-01-01',
      name: 'zw',
      status: 'normal',
      order: 'number',
      descending: 'true',
    })
  })
})

describe('saved views', () => {
  beforeEach(() => {
    const kept = new Map<string, string>()
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    })
  })

  test('are kept for each account, one of a name, without a place in the list', () => {
    let views = saveView('1', [], 'young', ADDRESS)
    views = saveView('1', views, 'young', { organisation: '8', after: 'x', page: '2' })
    expect(views).toEqual([{ name: 'young', query: { organisation: '8' } }])
    expect(keptViews('1')).toEqual(views)
    expect(keptViews('2')).toEqual([])
    expect(dropView('1', views, 'young')).toEqual([])
    expect(keptViews('1')).toEqual([])
  })

  test('that somebody wrote by hand are left out', () => {
    localStorage.setItem('jishi.views.members.1', '[{"name": 3}, {"name": "a", "query": {}}]')
    expect(keptViews('1')).toEqual([{ name: 'a', query: {} }])
    localStorage.setItem('jishi.views.members.1', 'no JSON')
    expect(keptViews('1')).toEqual([])
  })
})
