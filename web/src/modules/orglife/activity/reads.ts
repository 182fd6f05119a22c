// One activity with what became of its lights.

import { api, ask, type Shape } from '@/api/api'
import { KIND_RULES, kindOfRule } from '../record/rules'

export type Activity = Shape<'orglife.ListedActivity'>
export type Light = Shape<'insight.ListedLight'>

const A_PAGE = 200
const MOST_PAGES = 5

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
