import { expect, it } from 'vitest'
import type { OrganisationPage } from '../readOrganisations'
import { sentencesOf } from './consequences'
import type { Changes } from './orders'

const page = { organisation: '1', counts: { members: '49' } } as OrganisationPage
const names = new Map([
  ['1', 'Branch'],
  ['2', 'Old'],
  ['3', 'New'],
])
const turn = { code: '', structure: 'party', from: null, to: null, moved_along: 0 }
const changes = (given: Partial<Changes>): Changes => ({
  command: '9',
  on: '2026-11-28',
  organisations: [],
  members_moved: [],
  posts_ended: [],
  posts_resumed: [],
  undo: '',
  ...given,
})
const keys = (given: Partial<Changes>, lit = { red: 2, yellow: 1 }) =>
  sentencesOf(changes(given), page, names, lit)

it('tells what moves along', () => {
  const moved = {
    ...turn,
    organisation: '1',
    name: 'Branch',
    turn: 'moved' as const,
    from: '2',
    to: '3',
    moved_along: 4,
    name_before: null,
  }
  expect(keys({ organisations: [moved] })).toEqual([
    { key: 'registry.will_move', given: { name: 'Branch', from: 'Old', to: 'New' } },
    { key: 'registry.moves_along', given: { organisations: 4, members: 49 } },
    { key: 'registry.lights_along', given: { red: 2, yellow: 1 } },
  ])
  const dark = keys({ organisations: [moved] }, { red: 0, yellow: 0 })
  expect(dark.map((one) => one.key)).not.toContain('registry.lights_along')
})

it('counts members by where they go, posts, and what is not named', () => {
  const ended = (organisation: string) => ({
    ...turn,
    organisation,
    name: organisation,
    turn: 'ended' as const,
    name_before: null,
  })
  const told = keys({
    organisations: Array.from({ length: 10 }, (_, index) => ended(`${index + 10}`)),
    members_moved: [
      { person: '5', from: '1', to: '3' },
      { person: '6', from: '1', to: '3' },
    ],
    posts_ended: ['7'],
    posts_resumed: ['8'],
  })
  expect(told.filter((one) => one.key === 'registry.will_end')).toHaveLength(8)
  expect(told.slice(8)).toEqual([
    { key: 'registry.and_more', given: { count: 2 } },
    { key: 'registry.members_go', given: { count: 2, to: 'New' } },
    { key: 'registry.posts_end', given: { count: 1 } },
    { key: 'registry.posts_resume', given: { count: 1 } },
  ])
})
