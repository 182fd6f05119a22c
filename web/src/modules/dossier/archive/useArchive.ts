// The state that the parts of an archive page share: what was read, with its tag; what was
// unmasked, for as long as the page is open; what a field held before it was corrected here.

import { computed, reactive, ref, watch } from 'vue'
import { useLoad } from '@/api/useLoad'
import type { Tagged } from '@/api/api'
import { useCommand } from '@/api/useCommand'
import { problemText } from '@/lib/problemText'
import { useToasts } from '@/lib/toasts'
import { correct, readLooks, readPerson, valueOf, type Corrected, type Person } from './archive'

export function useArchive(id: () => string) {
  const read = useLoad(id, readPerson)
  /** What a correction answered; newer than what was read before it. */
  const answered = ref<Tagged<Person>>()
  const looks = useLoad(id, readLooks)
  const seen = reactive(new Map<string, string>())
  const before = reactive(new Map<string, string>())
  /** What a correction made here can be put back to: of masked fields only where it was seen. */
  const undo = reactive(new Map<string, string>())
  const editing = ref<string>()
  const toasts = useToasts()

  const tagged = computed(() => answered.value ?? read.data.value)
  watch(read.data, () => (answered.value = undefined))
  watch(id, () => {
    seen.clear()
    before.clear()
    undo.clear()
    editing.value = undefined
    answered.value = undefined
  })

  function corrected(field: string, now: Tagged<Person>): void {
    const old = tagged.value && valueOf(tagged.value.data, field)
    const shown = tagged.value?.data.fields.find((one) => one.field === field)
    const plain = shown?.masked ? seen.get(field) : old
    if (old !== undefined) before.set(field, old)
    if (plain !== undefined) undo.set(field, plain)
    else undo.delete(field)
    seen.delete(field)
    answered.value = now
    editing.value = undefined
  }

  const back = useCommand((key: string, field: Corrected, value: string, tag: string) =>
    correct(tagged.value?.data.person ?? '', field, value, tag, key),
  )
  async function putBack(field: Corrected): Promise<void> {
    const value = undo.get(field)
    if (value === undefined) return
    const now = await back.run(field, value, tagged.value?.tag ?? '')
    if (now) {
      corrected(field, now)
      before.delete(field)
      undo.delete(field)
    } else if (back.problem.value) {
      toasts.add('failed', problemText(back.problem.value))
      await read.reload()
    }
  }

  return {
    person: computed(() => tagged.value?.data),
    tag: computed(() => tagged.value?.tag ?? ''),
    problem: read.problem,
    reload: read.reload,
    looks,
    seen,
    before,
    editing,
    undo,
    corrected,
    putBack,
  }
}

export type Archive = ReturnType<typeof useArchive>
