// Who may be picked before anything is typed, and what ids are called.

import { api, ask } from '@/api/api'
import type { Choice } from '@/ui/control'

const MOST_NEAR = 50

type What = 'person' | 'organisation'

async function membersOf(organisation: string, stage: string, signal: AbortSignal) {
  const query = { limit: MOST_NEAR, fields: 'person,name,number', ...(stage && { stage }) }
  const params = { path: { organisation }, query }
  const address = '/api/v1/organisations/{organisation}/members'
  const { items } = await ask(api.GET(address, { params, signal }))
  return items.map((one) => ({ value: one.person, text: one.name, more: one.number }))
}

async function placesNear(signal: AbortSignal) {
  const params = { query: { limit: MOST_NEAR } }
  const { items } = await ask(api.GET('/api/v1/organisations', { params, signal }))
  return items.map((one) => ({ value: one.organisation, text: one.name, more: one.code }))
}

/** Members of the organisation, or the places of one's roles; none for whoever may not see them. */
export async function readNear(
  what: What,
  near: string,
  stage: string,
  signal: AbortSignal,
): Promise<Choice[]> {
  try {
    if (what === 'organisation') return await placesNear(signal)
    return near ? await membersOf(near, stage, signal) : []
  } catch (error) {
    if (signal.aborted) throw error
    return []
  }
}

/** Committees that a case may go to, also outside of one's own scope. */
export async function readAddressees(q: string, signal: AbortSignal): Promise<Choice[]> {
  const params = { query: { q } }
  const { items } = await ask(api.GET('/api/v1/addressees', { params, signal }))
  return items.map((one) => ({ value: one.organisation, text: one.name, more: one.code }))
}

/** Branches of the committee of an organisation, also outside of one's own scope. */
export async function readSiblings(
  organisation: string,
  q: string,
  signal: AbortSignal,
): Promise<Choice[]> {
  const params = { path: { organisation }, query: { q } }
  const address = '/api/v1/organisations/{organisation}/sibling-branches'
  const { items } = await ask(api.GET(address, { params, signal }))
  return items.map((one) => ({ value: one.organisation, text: one.name, more: one.code }))
}

/** The name of one of them; of another organisation as readName() has it. */
export async function readSiblingName(organisation: string, id: string, signal: AbortSignal) {
  const found = await readSiblings(organisation, id, signal)
  return found.find((one) => one.value === id)?.text ?? readName('organisation', id, signal)
}

async function nameOfOrganisation(id: string, signal: AbortSignal): Promise<string> {
  const [addressee] = await readAddressees(id, signal)
  if (addressee?.value === id) return addressee.text
  const params = { path: { organisation: id }, query: { fields: 'name' } }
  return (await ask(api.GET('/api/v1/organisations/{organisation}', { params, signal }))).name
}

/** A name for an id; the id itself where it may not be seen. */
export async function readName(what: What, id: string, signal: AbortSignal): Promise<string> {
  try {
    if (what === 'person') {
      const params = { path: { person: id }, query: { fields: 'name' } }
      return (await ask(api.GET('/api/v1/persons/{person}', { params, signal }))).name
    }
    return await nameOfOrganisation(id, signal)
  } catch (error) {
    if (signal.aborted) throw error
    return id
  }
}
