// One activity with what became of its lights.

import { api, ask, askTagged, type Shape, type Tagged } from '@/api/api'
import { Problem } from '@/lib/problem'
import { KIND_RULES, kindOfRule } from '../record/rules'

export type Activity = Shape<'orglife.ActivityPage'>
export type Light = Shape<'insight.ListedLight'>

const A_PAGE = 200

/** One activity; null where it is not, or not in this person's scope. */
export async function readActivity(id: string, signal: AbortSignal): Promise<Activity | null> {
  return (await readTagged(id, signal))?.data ?? null
}

/** The same with the tag that a correction holds against what is on record then. */
export async function readTagged(
  id: string,
  signal: AbortSignal,
): Promise<Tagged<Activity> | null> {
  try {
    const params = { path: { activity: id } }
    return await askTagged(api.GET('/api/v1/activities/{activity}', { params, signal }))
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null
    throw error
  }
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
