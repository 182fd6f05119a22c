// Choosing whom a note mentions while it is typed: by arrow keys and Enter, or by a press.

import { computed, nextTick, onScopeDispose, ref, shallowRef, useId, type Ref } from 'vue'
import { isAborted } from '@/lib/problem'
import { readSomebody, type About, type Somebody } from './discussion'
import { completed, typedAt, type Typed } from './typing'

const PAUSE_MS = 150

export function useMentioning(
  path: () => About,
  text: Ref<string>,
  area: () => HTMLTextAreaElement | undefined,
  chosen: (one: Somebody) => void,
) {
  const list = useId()
  const typed = shallowRef<Typed>()
  const found = shallowRef<readonly Somebody[]>([])
  const active = ref(0)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked: AbortController | undefined
  const open = computed(() => typed.value !== undefined && found.value.length > 0)

  function close(): void {
    clearTimeout(timer)
    asked?.abort()
    typed.value = undefined
    found.value = []
  }
  onScopeDispose(close)

  async function read(name: string): Promise<void> {
    asked?.abort()
    asked = new AbortController()
    const { signal } = asked
    try {
      const people = await readSomebody(path(), name, signal)
      if (signal.aborted) return
      found.value = people
      active.value = 0
    } catch (error) {
      // Nobody can be chosen, then; the note can be sent all the same.
      if (!isAborted(error)) found.value = []
    }
  }

  /** Looks at what stands before the caret. */
  function look(): void {
    const at = area()
    const now = at && typedAt(at.value, at.selectionStart)
    if (!now) return close()
    const same = typed.value?.name === now.name && typed.value.from === now.from
    typed.value = now
    if (same) return
    clearTimeout(timer)
    timer = setTimeout(() => void read(now.name), PAUSE_MS)
  }

  async function choose(index: number): Promise<void> {
    const one = found.value[index]
    if (!one || !typed.value) return
    const done = completed(text.value, typed.value, one.account_name)
    text.value = done.text
    chosen(one)
    close()
    await nextTick()
    area()?.focus()
    area()?.setSelectionRange(done.caret, done.caret)
  }

  /** Whether the key was for the list. */
  function pressed(event: KeyboardEvent): boolean {
    if (!open.value || event.ctrlKey || event.metaKey || event.isComposing) return false
    const count = found.value.length
    if (event.key === 'ArrowDown') active.value = (active.value + 1) % count
    else if (event.key === 'ArrowUp') active.value = (active.value + count - 1) % count
    else if (event.key === 'Enter' || event.key === 'Tab') void choose(active.value)
    else if (event.key === 'Escape') close()
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return { open, found, active, list, look, close, choose, pressed }
}
