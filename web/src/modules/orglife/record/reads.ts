// What the form reads of an organisation, so that the person need not type it.

import { api, ask } from '@/api/api'
import type { Light, RosterPerson } from './meeting'
import { KIND_RULES } from './rules'

const A_PAGE = 200
/** A roster longer than this is no branch's: then people are counted, not ticked. */
const MOST_PAGES = 5
/** Meetings of the branch's committee: its members are those who hold posts. */
const COMMITTEE = 'committee_meeting'

async function readMembers(organisation: string, signal: AbortSignal): Promise<RosterPerson[]> {
  const all: RosterPerson[] = []
  let after: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = {
      direct: true,
      status: 'normal',
      order: 'name' as const,
      fields: 'person,name,number',
      limit: A_PAGE,
      ...(after && { after }),
    }
    const params = { path: { organisation }, query }
    const list = await ask(
      api.GET('/api/v1/organisations/{organisation}/members', { params, signal }),
    )
    all.push(...list.items.map(({ person, name, number }) => ({ person, name, more: number })))
    if (list.next === null) return all
    after = list.next
  }
  return []
}

async function readCommittee(organisation: string, signal: AbortSignal): Promise<RosterPerson[]> {
  const params = { path: { organisation }, query: { fields: 'posts' } }
  const { posts } = await ask(api.GET('/api/v1/organisations/{organisation}', { params, signal }))
  const byPerson = new Map(
    posts.map(({ person, name, title }) => [person, { person, name, more: title }]),
  )
  return [...byPerson.values()]
}

/** Who is expected at a meeting of this kind. */
export async function readRoster(
  organisation: string,
  kind: string,
  signal: AbortSignal,
): Promise<RosterPerson[]> {
  if (kind !== COMMITTEE) return readMembers(organisation, signal)
  const committee = await readCommittee(organisation, signal)
  return committee.length > 0 ? committee : readMembers(organisation, signal)
}

/** Where they met the last time. */
export async function readPlace(
  organisation: string,
  kind: string,
  signal: AbortSignal,
): Promise<string> {
  const params = { path: { organisation }, query: { kind, limit: 5 } }
  const list = await ask(
    api.GET('/api/v1/organisations/{organisation}/activities', { params, signal }),
  )
  return list.items.find((one) => one.organisation === organisation && one.place)?.place ?? ''
}

/** The organisation's own lights that a meeting may put out, the most pressing first. */
export async function readLights(organisation: string, signal: AbortSignal): Promise<Light[]> {
  const params = { path: { organisation }, query: { order: 'due' as const, limit: A_PAGE } }
  const list = await ask(api.GET('/api/v1/organisations/{organisation}/lights', { params, signal }))
  const rules: readonly string[] = KIND_RULES
  return list.items.filter((light) => light.subject === organisation && rules.includes(light.rule))
}
