// Who is signed in, what they may do, and how they come back when the session has ended.

import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import { api, ask, type Permission, type Shape } from './api'
import { live } from './events'
import { sendQuietly } from './http'
import { keep, kept } from '@/lib/kept'
import { problemOf } from '@/lib/problem'

type Me = Shape<'identity.Me'>
type Entered = Shape<'identity.Entered'>

export interface Credentials {
  login: string
  password: string
  code?: string
}

const HERE = 'jishi.here'

/** Whether somebody was signed in when this browser was here last, and has not signed out. */
export function wasHere(): boolean {
  return kept(HERE) !== ''
}

function remember(here: boolean): void {
  keep(HERE, here ? '1' : '')
}

export const useSession = defineStore('session', () => {
  const me = shallowRef<Me>()
  const permissions = shallowRef<ReadonlySet<string>>(new Set())
  /** Whether the dialog over the page asks to sign in again. */
  const askingAgain = ref(false)
  let asked: { promise: Promise<boolean>; settle: (again: boolean) => void } | undefined

  function settle(found: Me): void {
    me.value = found
    permissions.value = new Set(found.permissions)
    remember(true)
    live.start()
  }

  /** Asks the server whether there is a session. */
  async function look(): Promise<boolean> {
    const response = await sendQuietly(new Request('/api/v1/session'))
    if (response.status === 401) {
      remember(false)
      return false
    }
    if (!response.ok) throw await problemOf(response)
    settle((await response.json()) as Me)
    return true
  }

  async function enter(entered: Entered): Promise<void> {
    // The answer has the token, not the roles.
    me.value = { ...entered, by_token: false, roles: [], permissions: [], sight: null }
    await look()
  }

  async function signIn(credentials: Credentials): Promise<void> {
    await enter(await ask(api.POST('/api/v1/sessions', { body: credentials })))
  }

  async function useLink(token: string, password: string, code?: string): Promise<void> {
    const body = { token, password, ...(code ? { code } : {}) }
    await enter(await ask(api.POST('/api/v1/sessions/by-link', { body })))
  }

  function forget(): void {
    live.stop()
    remember(false)
    me.value = undefined
    permissions.value = new Set()
  }

  async function signOut(): Promise<void> {
    await ask(api.DELETE('/api/v1/session'))
    forget()
  }

  /** Shows the dialog; all requests that met the end of the session wait for the one answer. */
  function signInAgain(): Promise<boolean> {
    if (!me.value) return Promise.resolve(false)
    if (!asked) {
      let settleIt: (again: boolean) => void = () => undefined
      const promise = new Promise<boolean>((resolve) => (settleIt = resolve))
      asked = { promise, settle: settleIt }
      askingAgain.value = true
    }
    return asked.promise
  }

  function answerAgain(again: boolean): void {
    askingAgain.value = false
    asked?.settle(again)
    asked = undefined
  }

  return {
    me,
    askingAgain,
    signedIn: computed(() => me.value !== undefined),
    may: (permission: Permission) => permissions.value.has(permission),
    look,
    signIn,
    useLink,
    signOut,
    forget,
    signInAgain,
    answerAgain,
  }
})
