// The first start, as the server tells how far it is: this browser keeps nothing of it.

import { api, ask, type Shape } from '@/api/api'

export type Setup = Shape<'app.ShownSetup'>
export type Separated = Shape<'identity.HeldAdministrator'>['separated']
export type Job = Shape<'api.Job'>

export const STEPS = ['empty', 'organisation', 'done'] as const

/** Logins that are usual for the three; a name is of a person, and is asked for. */
export const USUAL_LOGINS: Record<Separated, string> = {
  system: 'sysadmin',
  security: 'secadmin',
  audit: 'auditadmin',
}

export function readSetup(signal: AbortSignal): Promise<Setup> {
  return ask(api.GET('/api/v1/setup', { signal }))
}

/** The demo city that was begun last, by whoever asks: it goes on while nobody looks. */
export async function readDemo(signal: AbortSignal): Promise<Job | undefined> {
  const query = { kind: 'setup.demo', limit: 1 }
  return (await ask(api.GET('/api/v1/jobs', { params: { query }, signal }))).items[0]
}
