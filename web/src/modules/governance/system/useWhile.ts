// Asks again and again while something goes on: of rebuilds no events tell.

import { onScopeDispose, watch, type Ref } from 'vue'

const EVERY_MS = 1500

export function useWhile(going: Ref<boolean>, again: () => Promise<void>): void {
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
