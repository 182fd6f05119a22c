// Accounts as administrators see them: who may sign in, what they hold.

import { api, ask, type Page, type Shape } from '@/api/api'

export type Account = Shape<'identity.Account'>
export type AccountState = Account['state']
export type Role = Shape<'identity.ShownRole'>
export type Link = Shape<'identity.Link'>
export type Grant = Shape<'identity.ShownGrant'>

export const STATES: readonly AccountState[] = ['active', 'invited', 'disabled']
const PAGE = 50

export interface Sought {
  /** In login or name. */
  q: string
  state: AccountState | ''
}

export function readAccounts(
  sought: Sought,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<Account>> {
  const query = {
    limit: PAGE,
    ...(sought.q && { q: sought.q }),
    ...(sought.state && { state: sought.state }),
    ...(after !== undefined && { after }),
  }
  return ask(api.GET('/api/v1/accounts', { params: { query }, signal }))
}

export function readAccount(account: string, signal: AbortSignal): Promise<Account> {
  return ask(api.GET('/api/v1/accounts/{account}', { params: { path: { account } }, signal }))
}

export async function readGrants(account: string, signal: AbortSignal): Promise<Grant[]> {
  const params = { path: { account } }
  return (await ask(api.GET('/api/v1/accounts/{account}/grants', { params, signal }))).items
}

export async function readRoles(signal: AbortSignal): Promise<Role[]> {
  return (await ask(api.GET('/api/v1/roles', { signal }))).items
}

export function makeLink(account: string): Promise<Link> {
  return ask(api.POST('/api/v1/accounts/{account}/links', { params: { path: { account } } }))
}

export function setEnabled(account: string, enabled: boolean): Promise<Account> {
  const params = { path: { account } }
  return ask(api.PUT('/api/v1/accounts/{account}/enabled', { params, body: { enabled } }))
}

/** `of` everything: a role that is held at no organisation. */
export const EVERYWHERE = '0'
