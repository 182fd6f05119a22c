// Periods and standards of processes as they hold at an organisation.

import { api, ask, type Shape } from '@/api/api'

export type Setting = Shape<'workflow.ShownSetting'>

const ADDRESS = '/api/v1/organisations/{organisation}/process-settings'

export async function readSettings(organisation: string, signal: AbortSignal): Promise<Setting[]> {
  return (await ask(api.GET(ADDRESS, { params: { path: { organisation } }, signal }))).items
}

/** Sets a value for the organisation and below; without one it is again as it is above. */
export function setSetting(
  key: string,
  organisation: string,
  { process, name }: Pick<Setting, 'process' | 'name'>,
  value?: string,
): Promise<Setting> {
  const params = { path: { organisation }, header: { 'Idempotency-Key': key } }
  const body = { process, name, ...(value !== undefined && { value }) }
  return ask(api.POST(ADDRESS, { params, body }))
}

export type Unit = 'Y' | 'M' | 'D'
export const UNITS: readonly Unit[] = ['D', 'M', 'Y']
/** As the server compares them. */
const DAYS = { Y: 365, M: 30, D: 1 } as const

export interface Period {
  count: number
  unit: Unit
}

/** `P3M`: a number of one unit, which is all that settings have. */
export function periodOf(text: string): Period | undefined {
  const found = /^P(\d+)([YMD])$/.exec(text)
  return found ? { count: Number(found[1]), unit: found[2] as Unit } : undefined
}

export type Kind = 'choice' | 'period' | 'number'

export function kindOf({ choices, least }: Pick<Setting, 'choices' | 'least'>): Kind {
  if (choices.length > 0) return 'choice'
  return periodOf(least) ? 'period' : 'number'
}

/** What stands in the fields of the form, as the server takes it; nothing where a number lacks. */
export function valueOf(
  kind: Kind,
  given: { choice: string; count: number | undefined; unit: Unit },
): string | undefined {
  if (kind === 'choice') return given.choice || undefined
  const { count, unit } = given
  if (count === undefined || !Number.isInteger(count) || count < 0) return undefined
  return kind === 'period' ? `P${count}${unit}` : String(count)
}

function measure(kind: Kind, value: string): number {
  const period = kind === 'period' ? periodOf(value) : undefined
  return period ? period.count * DAYS[period.unit] : Number(value)
}

export function isWithin(setting: Setting, value: string): boolean {
  const kind = kindOf(setting)
  if (kind === 'choice') return setting.choices.includes(value)
  const size = measure(kind, value)
  return size >= measure(kind, setting.least) && size <= measure(kind, setting.most)
}

/** Settings by their processes, both in the order of the pack. */
export function byProcess(settings: readonly Setting[]): Map<string, Setting[]> {
  const groups = new Map<string, Setting[]>()
  for (const one of settings) groups.set(one.process, [...(groups.get(one.process) ?? []), one])
  return groups
}
