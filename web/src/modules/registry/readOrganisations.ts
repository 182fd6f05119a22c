// Reading organisations: of today or of a day, in a structure, with what is lit at each.

import { api, ask, type Page, type Shape } from '@/api/api'

export type Branch = Shape<'registry.Branch'>
export type BranchOn = Shape<'registry.BranchOn'>
export type Stood = Shape<'registry.OrganisationOn'>
export type OrganisationPage = Shape<'registry.OrganisationPage'>

/** Which tree is looked at. */
export interface View {
  /** A day; today when empty. */
  on: string
  /** The Party's when empty. */
  structure: string
  /** Whether lights are asked for: they are not everybody's. */
  lights: boolean
}

export interface Lit {
  red: number
  yellow: number
}

/** The server's most of a page; of children of one organisation, all pages of the most below. */
const PAGE = 200
const MOST_CHILDREN = 4000

/** A query in a structure; the Party's needs no word. */
export function inStructure<Query extends object>(query: Query, structure: string): Query {
  return structure ? { ...query, structure } : query
}

export function readOrganisation(
  organisation: string,
  structure: string,
  signal?: AbortSignal,
): Promise<OrganisationPage> {
  const params = { path: { organisation }, query: inStructure({}, structure) }
  return ask(api.GET('/api/v1/organisations/{organisation}', { params, signal }))
}

/** All pages of a list, one after the other. */
export async function everyPage<Item>(
  read: (after: string | undefined) => Promise<Page<Item>>,
  most = MOST_CHILDREN,
): Promise<Item[]> {
  const items: Item[] = []
  let after: string | undefined
  do {
    const page = await read(after)
    items.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined && items.length < most)
  return items
}

export function readPlaces(structure: string, signal: AbortSignal): Promise<Branch[]> {
  return everyPage((after) => {
    const query = inStructure({ limit: PAGE, ...(after ? { after } : {}) }, structure)
    return ask(api.GET('/api/v1/organisations', { params: { query }, signal }))
  })
}

export function readChildren(organisation: string, structure: string): Promise<Branch[]> {
  return everyPage((after) => {
    const query = inStructure({ limit: PAGE, ...(after ? { after } : {}) }, structure)
    const params = { path: { organisation }, query }
    return ask(api.GET('/api/v1/organisations/{organisation}/children', { params }))
  })
}

export async function readChildrenOn(
  organisation: string,
  view: View,
  signal?: AbortSignal,
): Promise<BranchOn[]> {
  const query = inStructure({ on: view.on }, view.structure)
  const address = '/api/v1/organisations/{organisation}/history/children'
  const params = { path: { organisation }, query }
  return (await ask(api.GET(address, { params, signal }))).items
}

export function readCountsOn(organisation: string, view: View, signal?: AbortSignal) {
  const query = inStructure({ on: view.on }, view.structure)
  const address = '/api/v1/organisations/{organisation}/history/counts'
  return ask(api.GET(address, { params: { path: { organisation }, query }, signal }))
}

/** The head as it stood on a day: its name, the line above it, who held its posts. */
export function readStood(organisation: string, view: View, signal?: AbortSignal): Promise<Stood> {
  const query = inStructure({ on: view.on }, view.structure)
  const address = '/api/v1/organisations/{organisation}/history'
  return ask(api.GET(address, { params: { path: { organisation }, query }, signal }))
}

/** What is lit at an organisation and below it. */
export async function readLit(
  organisation: string,
  structure: string,
  signal?: AbortSignal,
): Promise<Lit> {
  const address = '/api/v1/organisations/{organisation}/lights/counts'
  const params = { path: { organisation }, query: inStructure({}, structure) }
  const { counts } = await ask(api.GET(address, { params, signal }))
  const sum = (level: string) =>
    counts
      .filter((count) => count.level === level)
      .reduce((total, count) => total + Number(count.lights), 0)
  return { red: sum('red'), yellow: sum('yellow') }
}

/** What is lit at each child; those without a light are not told. */
export async function readLitBelow(
  organisation: string,
  structure: string,
): Promise<Map<string, Lit>> {
  const address = '/api/v1/organisations/{organisation}/lights/below'
  const params = { path: { organisation }, query: inStructure({}, structure) }
  const { items } = await ask(api.GET(address, { params }))
  return new Map(
    items.map((item) => [
      item.organisation,
      { red: Number(item.red), yellow: Number(item.yellow) },
    ]),
  )
}
