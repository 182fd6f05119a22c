// The sentences of a preview, by key and what is put into them: pure, so that they can be tried
// without a page.

import type { Lit, OrganisationPage } from '../readOrganisations'
import type { Changes } from './orders'

export interface Sentence {
  key: string
  given: Record<string, string | number>
}

type Turned = Changes['organisations'][number]

/** Of many organisations of one kind of turn, a few are named and the rest counted. */
const NAMED = 8

function turned(change: Turned, names: ReadonlyMap<string, string>): Sentence[] {
  const name = change.name
  const parent = (id: string | null) => names.get(id ?? '') ?? ''
  switch (change.turn) {
    case 'created':
      return [{ key: 'registry.will_create', given: { name, parent: parent(change.to) } }]
    case 'renamed':
      return [
        { key: 'registry.will_rename', given: { before: change.name_before ?? '', after: name } },
      ]
    case 'moved': {
      const to = parent(change.to)
      return [{ key: 'registry.will_move', given: { name, from: parent(change.from), to } }]
    }
    case 'ended':
      return [{ key: 'registry.will_end', given: { name } }]
    case 'reopened':
      return [{ key: 'registry.will_reopen', given: { name } }]
  }
}

/** What goes along with the organisation itself, when it moves. */
function along(change: Turned, page: OrganisationPage, lit: Lit | undefined): Sentence[] {
  const all: Sentence[] = [
    {
      key: 'registry.moves_along',
      given: { organisations: change.moved_along, members: Number(page.counts.members) },
    },
  ]
  if (lit && lit.red + lit.yellow > 0)
    all.push({ key: 'registry.lights_along', given: { red: lit.red, yellow: lit.yellow } })
  return all
}

export function sentencesOf(
  changes: Changes,
  page: OrganisationPage,
  names: ReadonlyMap<string, string>,
  lit: Lit | undefined,
): Sentence[] {
  const known = new Map(names)
  for (const change of changes.organisations) known.set(change.organisation, change.name)
  const all = changes.organisations.slice(0, NAMED).flatMap((change) => turned(change, known))
  const rest = changes.organisations.length - NAMED
  if (rest > 0) all.push({ key: 'registry.and_more', given: { count: rest } })
  const moved = changes.organisations.find(
    (change) => change.organisation === page.organisation && change.turn === 'moved',
  )
  if (moved) all.push(...along(moved, page, lit))
  for (const [to, count] of membersTo(changes))
    all.push({ key: 'registry.members_go', given: { count, to: known.get(to) ?? '' } })
  if (changes.posts_ended.length > 0)
    all.push({ key: 'registry.posts_end', given: { count: changes.posts_ended.length } })
  if (changes.posts_resumed.length > 0)
    all.push({ key: 'registry.posts_resume', given: { count: changes.posts_resumed.length } })
  return all
}

/** How many members go where. */
function membersTo(changes: Changes): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { to } of changes.members_moved) counts.set(to, (counts.get(to) ?? 0) + 1)
  return counts
}
