// To see as another account would, over the API.

import { api, ask } from '@/api/api'

/** How long a sight may take at most, to choose from. */
export const MINUTES = [5, 15, 30] as const

export async function findAccounts(q: string, signal: AbortSignal) {
  const params = { query: { q } }
  return (await ask(api.GET('/api/v1/seen-accounts', { params, signal }))).items
}

export function beginSight(account: string, purpose: string, minutes: number) {
  const params = { path: { account } }
  return ask(api.POST('/api/v1/accounts/{account}/sights', { params, body: { purpose, minutes } }))
}
