// One activity with what became of its lights.

import { api, ask, type Shape } from '@/api/api'
import { KIND_RULES, kindOfRule } from '../record/rules'

export type Activity = Shape<'orglife.ListedActivity'>
export type Light = Shape<'insight.ListedLight'>
type Change = Shape<'governance.Change'>

const A_PAGE = 200
const MOST_PAGES = 5
/** Lights that go out within this time of a record went out by it. */
const BY_IT_MS = 60_000

/** The API has activities by lists only: this one's is that of its organisation and day. */
export async function findActivity(
  id: string,
  organisation: string,
  day: string,
  signal: AbortSignal,
): Promise<Activity | null> {
  let after: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { ...(day && { from: day, to: day }), limit: A_PAGE, ...(after && { after }) }
    const params = { path: { organisation }, query }
    const list = await ask(
      api.GET('/api/v1/organisations/{organisation}/activities', { params, signal }),
    )
    const found = list.items.find((one) => one.id === id)
    if (found || list.next === null) return found ?? null
    after = list.next
  }
  return null
}

export async function readChanges(organisation: string, signal: AbortSignal): Promise<Change[]> {
  const params = { path: { organisation }, query: { direct: true, limit: A_PAGE } }
  const address = '/api/v1/organisations/{organisation}/changes'
  return (await ask(api.GET(address, { params, signal }))).items
}

/** The rules whose lights went out by an activity; undefined where its record is too long ago. */
export function outBy(
  changes: readonly Pick<Change, 'kind' | 'subject' | 'rule' | 'recorded_ms'>[],
  activity: string,
): string[] | undefined {
  const record = changes.find(
    (change) => change.kind === 'orglife.activity_recorded' && change.subject === activity,
  )
  if (!record) return undefined
  const from = Number(record.recorded_ms)
  const known: readonly string[] = KIND_RULES
  return changes
    .filter((change) => change.kind === 'insight.light_out')
    .filter((change) => Number(change.recorded_ms) >= from)
    .filter((change) => Number(change.recorded_ms) - from <= BY_IT_MS)
    .flatMap((change) => (change.rule && known.includes(change.rule) ? [change.rule] : []))
}

/** The organisation's light that activities of this kind put out, while it is lit. */
export async function readLit(
  organisation: string,
  kind: string,
  signal: AbortSignal,
): Promise<Light[]> {
  const rule = KIND_RULES.find((one) => kindOfRule(one) === kind)
  if (!rule) return []
  const params = { path: { organisation }, query: { rule, limit: A_PAGE } }
  const list = await ask(api.GET('/api/v1/organisations/{organisation}/lights', { params, signal }))
  return list.items.filter((light) => light.subject === organisation)
}
