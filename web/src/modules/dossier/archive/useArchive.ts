// The state that the parts of an archive page share: what was read, with its tag; what was
// unmasked, for as long as the page is open; what a field held before it was corrected here.

import { computed, reactive, ref, watch } from 'vue'
import { useLoad } from '@/api/useLoad'
import type { Tagged } from '@/api/api'
import { readLooks, readPerson, valueOf, type Person } from './archive'

export function useArchive(id: () => string) {
  const read = useLoad(id, readPerson)
  /** What a correction answered; newer than what was read before it. */
  const answered = ref<Tagged<Person>>()
  const looks = useLoad(id, readLooks)
  const seen = reactive(new Map<string, string>())
  const before = reactive(new Map<string, string>())
  const editing = ref<string>()

  const tagged = computed(() => answered.value ?? read.data.value)
  watch(read.data, () => (answered.value = undefined))
  watch(id, () => {
    seen.clear()
    before.clear()
    editing.value = undefined
    answered.value = undefined
  })

  function corrected(field: string, now: Tagged<Person>): void {
    const old = tagged.value && valueOf(tagged.value.data, field)
    if (old !== undefined) before.set(field, old)
    seen.delete(field)
    answered.value = now
    editing.value = undefined
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
    corrected,
  }
}

export type Archive = ReturnType<typeof useArchive>
