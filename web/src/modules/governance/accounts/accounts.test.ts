import { expect, test } from 'vitest'
import { siftAccounts, sortAccounts, type Account } from './accounts'

function account(login: string, more: Partial<Account> = {}): Account {
  return {
    id: login,
    login,
    name: '',
    person: null,
    state: 'active',
    language: 'zh',
    second_factor: false,
    made: '1',
    last_sign_in: null,
    ...more,
  }
}

const ALL = [
  account('zhao.min', { name: '赵敏', last_sign_in: '900', made: '3' }),
  account('li', { name: '李红', state: 'invited', made: '2' }),
  account('Chief', { name: 'Chief Li', state: 'disabled', last_sign_in: '1000' }),
]

function logins(accounts: readonly Account[]): string[] {
  return accounts.map(({ login }) => login)
}

test('accounts are found by every word in login or name, whatever its width or case', () => {
  expect(logins(siftAccounts(ALL, 'ＺＨＡＯ', ''))).toEqual(['zhao.min'])
  expect(logins(siftAccounts(ALL, 'li chief', ''))).toEqual(['Chief'])
  expect(logins(siftAccounts(ALL, '李', ''))).toEqual(['li'])
  expect(logins(siftAccounts(ALL, '', 'invited'))).toEqual(['li'])
  expect(siftAccounts(ALL, 'nobody', '')).toEqual([])
})

test('who never signed in comes last, both ways; times are compared as numbers', () => {
  expect(logins(sortAccounts(ALL, 'last_sign_in', true))).toEqual(['Chief', 'zhao.min', 'li'])
  expect(logins(sortAccounts(ALL, 'last_sign_in', false))).toEqual(['zhao.min', 'Chief', 'li'])
  expect(logins(sortAccounts(ALL, 'made', true))).toEqual(['zhao.min', 'li', 'Chief'])
})
