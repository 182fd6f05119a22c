// Members of elsewhere who take part in an organisation, or below it.

import { api, ask, type Page, type Shape } from '@/api/api'

export type Stay = Shape<'workflow.ShownStay'>

const PAGE = 50

export function readStays(
  organisation: string,
  over: boolean,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<Stay>> {
  const query = { limit: PAGE, ...(over && { over }), ...(after && { after }) }
  const params = { path: { organisation }, query }
  return ask(api.GET('/api/v1/organisations/{organisation}/stays', { params, signal }))
}

export function endStay(
  key: string,
  { stay, host }: Pick<Stay, 'stay' | 'host'>,
  on: string,
  returned: boolean,
): Promise<Shape<'workflow.EndStay'>> {
  const params = { path: { organisation: host }, header: { 'Idempotency-Key': key } }
  const body = { stay, on, returned }
  return ask(api.POST('/api/v1/organisations/{organisation}/stay-ends', { params, body }))
}
