// One light: why it is lit or not, what was said of it, and its place in the lists.

import { api, ask, type Shape } from '@/api/api'

export type Why = Shape<'insight.ShownExplanation'>
export type History = Shape<'insight.LightHistory'>
export type Light = Shape<'insight.ListedLight'>
export type What = 'taken' | 'explained' | 'waived'

/** Which light: the rule, and the organisation or person it is about. */
export interface LightKey {
  module: string
  rule: string
  noun: 'organisations' | 'persons'
  subject: string
}

export interface Said {
  what: What
  reason?: string
  until?: string
}

/** A list is read so far to find one light in it. */
const A_PAGE = 200
const MOST_PAGES = 10

export function readWhy(key: LightKey, asOf: string, signal: AbortSignal): Promise<Why> {
  const { module, rule, subject } = key
  const query = asOf ? { as_of: asOf } : {}
  if (key.noun === 'persons') {
    const params = { path: { module, rule, person: subject }, query }
    return ask(api.GET('/api/v1/rules/{module}/{rule}/persons/{person}', { params, signal }))
  }
  const params = { path: { module, rule, organisation: subject }, query }
  const address = '/api/v1/rules/{module}/{rule}/organisations/{organisation}'
  return ask(api.GET(address, { params, signal }))
}

export function readHistory(key: LightKey, signal: AbortSignal): Promise<History> {
  const { module, rule, subject } = key
  if (key.noun === 'persons') {
    const params = { path: { module, rule, person: subject } }
    const address = '/api/v1/rules/{module}/{rule}/persons/{person}/history'
    return ask(api.GET(address, { params, signal }))
  }
  const params = { path: { module, rule, organisation: subject } }
  const address = '/api/v1/rules/{module}/{rule}/organisations/{organisation}/history'
  return ask(api.GET(address, { params, signal }))
}

export function say(key: LightKey, body: Said) {
  const { module, rule, subject } = key
  if (key.noun === 'persons') {
    const params = { path: { module, rule, person: subject } }
    const address = '/api/v1/rules/{module}/{rule}/persons/{person}/handling'
    return ask(api.PUT(address, { params, body }))
  }
  const params = { path: { module, rule, organisation: subject } }
  const address = '/api/v1/rules/{module}/{rule}/organisations/{organisation}/handling'
  return ask(api.PUT(address, { params, body }))
}

export function takeBack(key: LightKey) {
  const { module, rule, subject } = key
  if (key.noun === 'persons') {
    const params = { path: { module, rule, person: subject } }
    return ask(api.DELETE('/api/v1/rules/{module}/{rule}/persons/{person}/handling', { params }))
  }
  const params = { path: { module, rule, organisation: subject } }
  const address = '/api/v1/rules/{module}/{rule}/organisations/{organisation}/handling'
  return ask(api.DELETE(address, { params }))
}

/** The organisation that answers for the subject: a person's branch. */
export async function organisationOf(key: LightKey, signal: AbortSignal): Promise<string> {
  if (key.noun === 'organisations') return key.subject
  const params = { path: { person: key.subject }, query: { fields: 'organisation' } }
  return (await ask(api.GET('/api/v1/persons/{person}', { params, signal }))).organisation
}

/** The light as lists show it: with its sentence and state; undefined where it is not lit. */
export async function findLit(
  key: LightKey,
  organisation: string,
  level: string,
  signal: AbortSignal,
): Promise<Light | undefined> {
  let after: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = {
      rule: `${key.module}/${key.rule}`,
      level,
      limit: A_PAGE,
      ...(after && { after }),
    }
    const params = { path: { organisation }, query }
    const list = await ask(
      api.GET('/api/v1/organisations/{organisation}/lights', { params, signal }),
    )
    const found = list.items.find((light) => light.subject === key.subject)
    if (found || list.next === null) return found
    after = list.next
  }
  return undefined
}

/** A basis in two: the document, and what it says. */
export function basisParts(basis: string): { document: string; says: string }[] {
  return basis
    .split(/[；;]/)
    .filter((part) => part.trim())
    .map((part) => {
      const at = part.search(/[：:]/)
      return at < 0
        ? { document: part.trim(), says: '' }
        : { document: part.slice(0, at).trim(), says: part.slice(at + 1).trim() }
    })
}

/** `orglife/theme_day` as a route's parameters. */
export function ruleParams(id: string): { module: string; rule: string } {
  const [module = '', rule = ''] = id.split('/')
  return { module, rule }
}
