// Accounts as administrators see them: who may sign in, what they hold.

import { api, ask, type Shape } from '@/api/api'

export type Account = Shape<'identity.Account'>
export type AccountState = Account['state']
export type Role = Shape<'identity.ShownRole'>
export type Link = Shape<'identity.Link'>
/** The name of its organisation is shown where the server tells it. */
export type Grant = Shape<'identity.Grant'> & {
  organisation_name?: string
  organisation_code?: string
}

export const STATES: readonly AccountState[] = ['active', 'invited', 'disabled']
const PAGE = 200
/** Of accounts read to be sifted here. */
const MOST_PAGES = 5

export interface AccountList {
  accounts: Account[]
  /** There are more, which are not looked through. */
  cut: boolean
}

export async function readAccounts(signal: AbortSignal): Promise<AccountList> {
  const accounts: Account[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = after === null ? { limit: PAGE } : { limit: PAGE, after }
    const read: { items: Account[]; next: string | null } = await ask(
      api.GET('/api/v1/accounts', { params: { query }, signal }),
    )
    accounts.push(...read.items)
    after = read.next
    if (after === null) break
  }
  return { accounts, cut: after !== null }
}

/** Those whose login or name has the words, in a state or in any. */
export function siftAccounts(
  accounts: readonly Account[],
  sought: string,
  state: AccountState | '',
): Account[] {
  const words = sought.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)
  return accounts.filter((account) => {
    if (state && account.state !== state) return false
    const text = `${account.login} ${account.name}`.normalize('NFKC').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** Orders by a column of the table; accounts that were never used come last either way. */
export function sortAccounts(
  accounts: readonly Account[],
  by: string,
  descending: boolean,
): Account[] {
  const sign = descending ? -1 : 1
  return [...accounts].sort((one, other) => {
    if (by === 'name') return sign * one.name.localeCompare(other.name)
    if (by === 'last_sign_in') {
      if (!one.last_sign_in || !other.last_sign_in)
        return Number(!one.last_sign_in) - Number(!other.last_sign_in)
      return sign * (Number(one.last_sign_in) - Number(other.last_sign_in))
    }
    if (by === 'made') return sign * (Number(one.made) - Number(other.made))
    return sign * one.login.localeCompare(other.login)
  })
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
