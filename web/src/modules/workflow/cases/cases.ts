// Cases of an organisation and all below it.

import { api, ask, type Page, type Shape } from '@/api/api'

export type ListedCase = Shape<'workflow.ListedCase'>
export const STATUSES = ['running', 'suspended', 'completed', 'ended'] as const

export interface CaseFilter {
  organisation: string
  process: string
  status: string
  late: boolean
  person?: string
}

const PAGE = 50

export function readCases(
  filter: CaseFilter,
  after: string | undefined,
  signal: AbortSignal,
  limit = PAGE,
): Promise<Page<ListedCase>> {
  const { organisation, process, status, late, person } = filter
  const query = {
    limit,
    ...(process && { process }),
    ...(status && { status }),
    ...(late && { late }),
    ...(person && { person }),
    ...(after && { after }),
  }
  const params = { path: { organisation }, query }
  return ask(api.GET('/api/v1/organisations/{organisation}/cases', { params, signal }))
}
