// Doing: a command runs once at a time, and keeps its Idempotency-Key as long as nobody knows
// whether it was done, so that a second try cannot do it twice.

import { readonly, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { newKey } from './api'
import { Problem } from '@/lib/problem'

export interface Command<Arguments extends unknown[], Result> {
  running: Readonly<Ref<boolean>>
  /** Why it was refused the last time; undefined while it runs and after a success. */
  problem: Readonly<ShallowRef<Problem | undefined>>
  /** Resolves with undefined where it was refused or is running already. */
  run: (...given: Arguments) => Promise<Result | undefined>
  /** What is wrong with a field of the form, by the path that the server names. */
  wrongAt: (path: string) => string | undefined
  /** Forgets the refusal, for instance when the form is filled anew. */
  clear: () => void
}

export function useCommand<Arguments extends unknown[], Result>(
  work: (key: string, ...given: Arguments) => Promise<Result>,
): Command<Arguments, Result> {
  const running = ref(false)
  const problem = shallowRef<Problem>()
  let key = newKey()
  let sent = ''

  async function run(...given: Arguments): Promise<Result | undefined> {
    if (running.value) return undefined
    const body = JSON.stringify(given)
    if (body !== sent) key = newKey() // something else is asked for: not the same command
    sent = body
    running.value = true
    problem.value = undefined
    try {
      const result = await work(key, ...given)
      sent = ''
      return result
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (!error.uncertain) sent = ''
      problem.value = error
      return undefined
    } finally {
      running.value = false
    }
  }

  function wrongAt(path: string): string | undefined {
    const found = problem.value
    if (found?.path === path) return found.detail || found.title
    return found?.detailAt(path)
  }

  return {
    running: readonly(running),
    problem,
    run,
    wrongAt,
    clear: () => (problem.value = undefined),
  }
}
