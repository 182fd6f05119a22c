// The commands on the structure of organisations: what a form orders, how it is sent or previewed,
// and which orders take it back.

import { api, ask, type Shape } from '@/api/api'
import type { Choice } from '@/ui/control'

export type Changes = Shape<'registry.Changes'>

export const KINDS = ['create', 'rename', 'move', 'split', 'merge', 'abolish', 'reopen'] as const
export type Kind = (typeof KINDS)[number]

interface NewOrganisation {
  name: string
  kind: string
}
interface PartBody extends NewOrganisation {
  members: string[]
  children: string[]
}

type Day = { on?: string }
export type Order =
  | {
      kind: 'create'
      organisation: string
      body: Day & NewOrganisation & { code?: string; structure?: string }
    }
  | { kind: 'rename'; organisation: string; body: Day & { name: string } }
  | { kind: 'move'; organisation: string; body: Day & { parent: string; structure?: string } }
  | { kind: 'split'; organisation: string; body: Day & { keep: boolean; into: PartBody[] } }
  | { kind: 'merge'; organisation: string; body: Day & { organisations: string[] } }
  | { kind: 'abolish'; organisation: string; body: Day }
  | { kind: 'reopen'; organisation: string; body: Day }
  | { kind: 'undo'; organisation: string; body: { command: string } }

/** One of the organisations that a split makes. */
export interface Part {
  name: string
  kind: string
  members: string[]
  children: string[]
}

/** What a form holds, of whichever command. */
export interface Draft {
  name: string
  kind: string
  code: string
  /** Today when empty. */
  on: string
  parent: Choice | undefined
  others: Choice[]
  keep: boolean
  parts: Part[]
}

/** What a form orders; undefined as long as something is missing. */
export function orderOf(
  kind: Kind,
  organisation: string,
  draft: Draft,
  structure = '',
): Order | undefined {
  const day: Day = draft.on ? { on: draft.on } : {}
  const name = draft.name.trim()
  switch (kind) {
    case 'create': {
      const code = draft.code.trim() ? { code: draft.code.trim() } : {}
      const within = structure ? { structure } : {}
      const body = { name, kind: draft.kind, ...code, ...within, ...day }
      return name && draft.kind ? { kind, organisation, body } : undefined
    }
    case 'rename':
      return name ? { kind, organisation, body: { name, ...day } } : undefined
    case 'move': {
      if (!draft.parent) return undefined
      const within = structure ? { structure } : {}
      return { kind, organisation, body: { parent: draft.parent.value, ...within, ...day } }
    }
    case 'split': {
      const into = draft.parts.map((part) => ({ ...part, name: part.name.trim() }))
      const ready = into.length > 0 && into.every((part) => part.name && part.kind)
      return ready ? { kind, organisation, body: { keep: draft.keep, into, ...day } } : undefined
    }
    case 'merge': {
      const organisations = draft.others.map((other) => other.value)
      return organisations.length > 0
        ? { kind, organisation, body: { organisations, ...day } }
        : undefined
    }
    default:
      return { kind, organisation, body: day }
  }
}

/** Those that ended in a merger, as a split makes them anew: by name, with whom they brought. */
function apart(changes: Changes, kindOf: (organisation: string) => string): PartBody[] {
  return changes.organisations
    .filter((change) => change.turn === 'ended')
    .map(({ organisation, name }) => ({
      name,
      kind: kindOf(organisation),
      members: changes.members_moved
        .filter((move) => move.from === organisation)
        .map((move) => move.person),
      children: changes.organisations
        .filter((change) => change.turn === 'moved' && change.from === organisation)
        .map((change) => change.organisation),
    }))
}

/**
 * Which orders take back what was done, one after the other; undefined where nothing does. A merger
 * is taken back by a split: who was merged in comes back under the same name, as a new one.
 */
export function wayBack(
  order: Order,
  changes: Changes,
  kindOf: (organisation: string) => string = () => '',
): Order[] | undefined {
  const { organisation } = order
  const made = changes.organisations
    .filter((change) => change.turn === 'created')
    .map((change) => change.organisation)
  if (changes.undo === 'registry.undo')
    return [{ kind: 'undo', organisation, body: { command: changes.command } }]
  if (order.kind === 'create')
    return made.map((one) => ({ kind: 'abolish', organisation: one, body: {} }))
  if (order.kind === 'merge')
    return [{ kind: 'split', organisation, body: { keep: true, into: apart(changes, kindOf) } }]
  if (order.kind !== 'split' || made.length === 0) return undefined
  const merge: Order = { kind: 'merge', organisation, body: { organisations: made } }
  return order.body.keep ? [merge] : [{ kind: 'reopen', organisation, body: {} }, merge]
}

/** Sends an order: with a key it is done, without one it is previewed and nothing is kept. */
export function send(order: Order, key?: string, signal?: AbortSignal): Promise<Changes> {
  const { organisation } = order
  const how = key ? { header: { 'Idempotency-Key': key } } : { query: { preview: true } }
  const params = { path: { organisation }, ...how }
  switch (order.kind) {
    case 'create': {
      const { body } = order
      return ask(
        api.POST('/api/v1/organisations/{organisation}/children', { params, body, signal }),
      )
    }
    case 'rename': {
      const { body } = order
      return ask(api.POST('/api/v1/organisations/{organisation}/names', { params, body, signal }))
    }
    case 'move': {
      const { body } = order
      return ask(api.POST('/api/v1/organisations/{organisation}/moves', { params, body, signal }))
    }
    case 'split': {
      const { body } = order
      return ask(api.POST('/api/v1/organisations/{organisation}/splits', { params, body, signal }))
    }
    case 'merge': {
      const into = { path: { into: organisation }, ...how }
      const { body } = order
      return ask(api.POST('/api/v1/organisations/{into}/mergers', { params: into, body, signal }))
    }
    case 'abolish': {
      const address = '/api/v1/organisations/{organisation}/abolition'
      return ask(api.POST(address, { params, body: order.body, signal }))
    }
    case 'reopen': {
      const address = '/api/v1/organisations/{organisation}/reopening'
      return ask(api.POST(address, { params, body: order.body, signal }))
    }
    case 'undo': {
      const command = { path: { command: order.body.command }, ...how }
      return ask(api.POST('/api/v1/commands/{command}/undo', { params: command, body: {}, signal }))
    }
  }
}
