// Members of an organisation, or below it, who are away.

import { api, ask, type Page, type Shape } from '@/api/api'

export type Away = Shape<'workflow.AwayMember'>

const PAGE = 50

export function readAway(
  organisation: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<Away>> {
  const params = { path: { organisation }, query: { limit: PAGE, ...(after && { after }) } }
  return ask(api.GET('/api/v1/organisations/{organisation}/members-away', { params, signal }))
}
