// The settings of the program, over the API.

import { api, ask, askTagged, type Shape } from '@/api/api'

export type ProgramSetting = Shape<'app.ShownSetting'>

export async function readProgram(signal: AbortSignal): Promise<ProgramSetting[]> {
  return (await ask(api.GET('/api/v1/system/settings', { signal }))).items
}

export function readOne(setting: string, signal: AbortSignal) {
  const params = { path: { setting } }
  return askTagged(api.GET('/api/v1/system/settings/{setting}', { params, signal }))
}

/** Without a value it stands at its default again. */
export function setProgram(setting: string, value: number | undefined, tag: string, key: string) {
  const header = { 'If-Match': tag, 'Idempotency-Key': key }
  return ask(
    api.PATCH('/api/v1/system/settings/{setting}', {
      params: { path: { setting }, header },
      body: value === undefined ? {} : { value: String(value) },
    }),
  )
}
