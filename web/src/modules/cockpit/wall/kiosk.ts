// The wall screen: one view after the other, held by a key, still where less motion is asked for.

import { onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue'

export const STEP_MS = 20_000

/** The place after `at` (or before it) of so many, round and round. */
export function stepFrom(at: number, by: number, count: number): number {
  return count === 0 ? 0 : (((at + by) % count) + count) % count
}

function typing(event: KeyboardEvent): boolean {
  const from = event.target as HTMLElement
  return /^(INPUT|TEXTAREA|SELECT|BUTTON|A)$/.test(from.tagName)
}

/**
 * While `on`, calls `move(1)` every STEP_MS. Space holds and goes on, arrows move at once (and give
 * the view its full time), Escape leaves. Starts held where less motion is asked for.
 */
export function useKiosk(on: Ref<boolean>, move: (by: number) => void) {
  const held = ref(false)
  let timer: ReturnType<typeof setInterval> | undefined

  function wind(): void {
    clearInterval(timer)
    if (on.value && !held.value) timer = setInterval(() => move(1), STEP_MS)
  }

  function moveNow(by: number): void {
    move(by)
    wind()
  }

  function key(event: KeyboardEvent): void {
    if (!on.value || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') on.value = false
    else if (event.key === ' ' && !typing(event)) held.value = !held.value
    else if (event.key === 'ArrowRight') moveNow(1)
    else if (event.key === 'ArrowLeft') moveNow(-1)
    else return
    event.preventDefault()
  }

  /** The browser's own way out of the full screen ends it as well. */
  function screen(): void {
    if (!document.fullscreenElement) on.value = false
  }

  watch(
    on,
    (now) => {
      held.value = now && matchMedia('(prefers-reduced-motion: reduce)').matches
    },
    { immediate: true },
  )
  watch([on, held], wind, { immediate: true })
  onMounted(() => {
    document.addEventListener('keydown', key)
    document.addEventListener('fullscreenchange', screen)
  })
  onBeforeUnmount(() => {
    clearInterval(timer)
    document.removeEventListener('keydown', key)
    document.removeEventListener('fullscreenchange', screen)
  })
  return { held, moveNow }
}

/** Where the browser refuses, the window as it is will do. */
export async function fillScreen(on: boolean): Promise<void> {
  try {
    if (on && !document.fullscreenElement) await document.documentElement.requestFullscreen()
    else if (!on && document.fullscreenElement) await document.exitFullscreen()
  } catch {
    // It was not a press of a key or button that asked.
  }
}
