// Cases that go on by one version of their process, and how they go over to another.

import { api, ask, type Page, type Shape } from '@/api/api'
import { readCases, type ListedCase } from '../cases/cases'
import { elementsNamed, nameOf } from '../definitions/definitions'
import type { ProcessWords } from '../definitions/words'

export type MigratedCase = Shape<'workflow.MigratedCase'>
export type MigrationDone = Shape<'workflow.MigrationDone'>

/** Of one command; the server refuses more. */
export const MOST_MIGRATED = 2000
/** Cases that are over stay as they ended. */
export const MOVABLE = ['running', 'suspended'] as const

/** Of a page that is looked through; that are listed at once, if there are as many. */
const LOOKED_AT = 200
const LISTED = 50

export interface OtherFilter {
  organisation: string
  process: string
  status: string
  person: string
  /** Numbers of versions: that they go to; that they go on by now, or any. */
  to: number
  from: number | undefined
}

/** Whether a case goes on by another version than the target, and by the one that is asked for. */
export function isOther(
  { to, from }: Pick<OtherFilter, 'to' | 'from'>,
  { version_number }: Pick<ListedCase, 'version_number'>,
): boolean {
  return version_number !== to && (from === undefined || version_number === from)
}

/** Cases that go on by other versions than the target: the list itself knows no version. */
export async function readOthers(
  filter: OtherFilter,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<ListedCase>> {
  const { organisation, process, status, person } = filter
  const asked = { organisation, process, status, person, late: false }
  const items: ListedCase[] = []
  let next = after
  do {
    const page = await readCases(asked, next, signal, LOOKED_AT)
    items.push(...page.items.filter((one) => isOther(filter, one)))
    next = page.next ?? undefined
  } while (next !== undefined && items.length < LISTED)
  return { items, next: next ?? null }
}

const ADDRESS = '/api/v1/cases/migrations'

/** What would become of each; nothing is changed. */
export function tryMigration(
  to: string,
  cases: readonly string[],
  signal: AbortSignal,
): Promise<MigrationDone> {
  const params = { query: { preview: true } }
  return ask(api.POST(ADDRESS, { params, body: { to, cases: [...cases] }, signal }))
}

export function migrate(key: string, to: string, cases: readonly string[], reason: string) {
  const params = { header: { 'Idempotency-Key': key } }
  const body = { to, cases: [...cases], ...(reason && { reason }) }
  return ask(api.POST(ADDRESS, { params, body }))
}

/**
 * The name that a case's step has in the other version, where the same element stands; nothing
 * where that is not sure: the list tells a name, which several elements may have.
 */
export function stepThere(
  from: ProcessWords | undefined,
  to: ProcessWords | undefined,
  step: string,
): string | undefined {
  if (!step) return undefined
  const names = new Set(
    elementsNamed(from, step).map(({ id }) => to?.elements.has(id) && nameOf(to, id, '')),
  )
  const [name] = names
  return names.size === 1 && name ? name : undefined
}

/** A refusal names elements as the file does; people know them by their names. */
export function inWords(detail: string, words: ProcessWords | undefined): string {
  return detail.replaceAll(/“([^”]+)”/g, (quoted: string, id: string) =>
    words?.elements.has(id) ? `“${nameOf(words, id, '')}”` : quoted,
  )
}

/** What is refused first: that is what somebody has to look after. */
export function refusedFirst(cases: readonly MigratedCase[]): MigratedCase[] {
  const place = (one: MigratedCase) => ['refused', 'migrated', 'unchanged'].indexOf(one.outcome)
  return [...cases].sort((one, other) => place(one) - place(other))
}
