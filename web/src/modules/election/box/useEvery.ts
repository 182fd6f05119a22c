// Reads again from time to time, while the page is seen: ballots leave no fact to hear of.

import { onScopeDispose, watch, type Ref } from 'vue'

const EVERY_MS = 10_000

export function useEvery(going: Ref<boolean>, again: () => Promise<void>): void {
  let timer: ReturnType<typeof setInterval> | undefined
  watch(
    going,
    (now) => {
      clearInterval(timer)
      if (now) timer = setInterval(() => document.hidden || void again(), EVERY_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearInterval(timer))
}
