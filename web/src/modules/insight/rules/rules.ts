// Rules, and the values their parameters have at an organisation.

import { api, ask, type Shape } from '@/api/api'

export type HeldParameter = Shape<'insight.HeldParameter'>
export type Effect = Shape<'insight.ParameterEffect'>

export interface ParameterKey {
  organisation: string
  module: string
  rule: string
  name: string
}

const ADDRESS = '/api/v1/organisations/{organisation}/rules/{module}/{rule}/parameters/{name}'

export async function readHeld(
  organisation: string,
  rule: string,
  signal: AbortSignal,
): Promise<HeldParameter[]> {
  const params = { path: { organisation } }
  const { items } = await ask(
    api.GET('/api/v1/organisations/{organisation}/rules', { params, signal }),
  )
  return items.find((one) => one.rule === rule)?.parameters ?? []
}

/** What another value would do to the lights of the organisation and all below it. */
export function previewParameter(path: ParameterKey, value: string): Promise<Effect> {
  return ask(api.POST(`${ADDRESS}/previews`, { params: { path }, body: { value } }))
}

export function setParameter(path: ParameterKey, value: string) {
  return ask(api.PUT(ADDRESS, { params: { path }, body: { value } }))
}

/** Whether a value may be set: a whole number within the bounds. */
export function withinBounds(value: number | undefined, least: string, most: string): boolean {
  return (
    value !== undefined &&
    Number.isInteger(value) &&
    value >= Number(least) &&
    value <= Number(most)
  )
}

/** Where a value comes from: set here, set above, or as the pack has it. */
export function originOf(parameter: HeldParameter, at: string): 'here' | 'above' | 'pack' {
  if (parameter.set_at === '0') return 'pack'
  return parameter.set_at === at ? 'here' : 'above'
}
