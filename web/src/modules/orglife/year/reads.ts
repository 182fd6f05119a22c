// A year of an organisation: what was planned, and what came of the appraisal.

import { api, ask, type Shape } from '@/api/api'
import { Problem } from '@/lib/problem'

export type Planned = Shape<'orglife.ListedMeeting'>
export type Sums = Shape<'orglife.AppraisalSums'>
export type Graded = Shape<'orglife.ShownGrade'>
export interface Of {
  organisation: string
  year: number
}

const MOST = 200

export async function readPlan({ organisation, year }: Of, signal: AbortSignal) {
  const params = { path: { organisation }, query: { year, limit: MOST } }
  const address = '/api/v1/organisations/{organisation}/plan'
  return (await ask(api.GET(address, { params, signal }))).items
}

/** Undefined where the year has none. */
export async function readSums(
  { organisation, year }: Of,
  signal: AbortSignal,
): Promise<Sums | undefined> {
  const params = { path: { organisation }, query: { year } }
  const address = '/api/v1/organisations/{organisation}/appraisal'
  try {
    return await ask(api.GET(address, { params, signal }))
  } catch (error) {
    if (error instanceof Problem && error.code === 'orglife.appraisal_missing') return undefined
    throw error
  }
}

export function readGrades(
  { organisation, year }: Of,
  after: string | undefined,
  signal: AbortSignal,
) {
  const query = { year, limit: MOST, ...(after && { after }) }
  const params = { path: { organisation }, query }
  return ask(api.GET('/api/v1/organisations/{organisation}/grades', { params, signal }))
}
