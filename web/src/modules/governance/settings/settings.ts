// Parameters of rules as they hold at an organisation: the value, its bounds, where it was set.

import { api, ask, type Shape } from '@/api/api'

export type Parameter = Shape<'insight.HeldParameter'>
export type Effect = Shape<'insight.ParameterEffect'>

export interface Setting extends Parameter {
  rule: string
  title: string
}

export async function readSettings(organisation: string, signal: AbortSignal): Promise<Setting[]> {
  const params = { path: { organisation } }
  const [held, rules] = await Promise.all([
    ask(api.GET('/api/v1/organisations/{organisation}/rules', { params, signal })),
    ask(api.GET('/api/v1/rules', { signal })),
  ])
  const title = new Map(rules.items.map((rule) => [rule.rule, rule.title]))
  return held.items.flatMap(({ rule, parameters }) =>
    parameters.map((parameter) => ({ ...parameter, rule, title: title.get(rule) ?? rule })),
  )
}

export async function readPlaces(signal: AbortSignal) {
  const query = { limit: 50 }
  return (await ask(api.GET('/api/v1/organisations', { params: { query }, signal }))).items
}

function pathOf(organisation: string, setting: Setting) {
  const [module = '', rule = ''] = setting.rule.split('/')
  return { path: { organisation, module, rule, name: setting.name } }
}

const ADDRESS = '/api/v1/organisations/{organisation}/rules/{module}/{rule}/parameters/{name}'

export function previewSetting(organisation: string, setting: Setting, value: string) {
  const params = pathOf(organisation, setting)
  return ask(api.POST(`${ADDRESS}/previews`, { params, body: { value } }))
}

export function putSetting(organisation: string, setting: Setting, value: string) {
  return ask(api.PUT(ADDRESS, { params: pathOf(organisation, setting), body: { value } }))
}

/** Where a value comes from: of the rule itself, of this place, of one above. */
export function originOf(setting: Parameter, organisation: string): 'standard' | 'here' | 'above' {
  if (setting.set_at === '0' && setting.value === setting.standard) return 'standard'
  return setting.set_at === organisation ? 'here' : 'above'
}

/** A whole number within the bounds. */
export function isWithin(value: number | undefined, setting: Parameter): value is number {
  if (value === undefined || !Number.isInteger(value)) return false
  return value >= Number(setting.least) && value <= Number(setting.most)
}
