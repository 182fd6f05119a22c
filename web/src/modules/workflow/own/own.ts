// One's own transfer or admission: where it stands.

import { api, ask, type Shape } from '@/api/api'

export type OwnCase = Shape<'workflow.OwnCase'>

export async function readOwnCases(signal: AbortSignal): Promise<readonly OwnCase[]> {
  return (await ask(api.GET('/api/v1/own-cases', { signal }))).items
}

/** Which sentence says where it stands: a step at a place, a day that it waits for, or at rest. */
export function standingOf(
  one: Pick<OwnCase, 'status' | 'step' | 'waits_until_ms'>,
): 'own_rests' | 'own_step' | 'own_waits' | 'own_goes_on' {
  if (one.status === 'suspended') return 'own_rests'
  if (one.step) return 'own_step'
  return one.waits_until_ms === null ? 'own_goes_on' : 'own_waits'
}
