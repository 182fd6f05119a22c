// What happened to an organisation, of the kinds that are asked for. The server sifts by module;
// within one it is read on until some of the asked kinds are found.

import { api, ask, type Page, type Shape } from '@/api/api'

export type Change = Shape<'governance.Change'>

export const GROUPS = {
  organisation: /^registry\.organisation/,
  people: /^registry\.(member|person|post)/,
  lights: /^insight\./,
  activities: /^orglife\./,
  all: /./,
} as const
export type Group = keyof typeof GROUPS

/** The module that tells of a group. */
const MODULES: Partial<Record<Group, string>> = {
  organisation: 'registry',
  people: 'registry',
  lights: 'insight',
  activities: 'orglife',
}

const PAGE = 200
const ENOUGH = 20
const MOST_PAGES = 10

export async function readChanges(
  organisation: string,
  direct: boolean,
  group: Group,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<Change>> {
  const items: Change[] = []
  let next: string | null = after ?? null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const kind = MODULES[group]
    const query = {
      direct,
      limit: PAGE,
      ...(kind && { kind }),
      ...(next ? { after: next } : {}),
    }
    const params = { path: { organisation }, query }
    const read: Page<Change> = await ask(
      api.GET('/api/v1/organisations/{organisation}/changes', { params, signal }),
    )
    items.push(...read.items.filter((change) => GROUPS[group].test(change.kind)))
    next = read.next
    if (!next || items.length >= ENOUGH) break
  }
  return { items, next }
}

/** A kind's title without what it says to those who read the ledger. */
export function plainTitle(title: string): string {
  return title.split(/[；;]/)[0] ?? title
}
