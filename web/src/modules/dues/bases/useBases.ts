// The lines of a branch: first who is there, then, one after the other, what holds for each.

import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { isAborted, Problem } from '@/lib/problem'
import { forEach, lacks, readFixed, readLines, type Line } from './bases'

export function useBases(of: () => { organisation: string; year: number } | undefined) {
  const lines = ref<Line[]>([])
  const problem = shallowRef<Problem>()
  const loading = ref(false)
  const read = ref(0)
  /** Whom it is not to be begun for, though it may be: all others are ticked. */
  const left = reactive(new Set<string>())
  let running: AbortController | undefined
  onScopeDispose(() => running?.abort())

  async function reload(): Promise<void> {
    running?.abort()
    running = new AbortController()
    const { signal } = running
    const source = of()
    if (!source) return
    loading.value = true
    problem.value = undefined
    try {
      const found = await readLines(source.organisation, source.year, signal)
      if (signal.aborted) return
      lines.value = found
      read.value = 0
      await forEach(lines.value, async (line) => {
        const fixed = await readFixed(line.person, source.year, signal)
        if (signal.aborted) return
        line.fixed = fixed
        read.value += 1
      })
    } catch (error) {
      if (signal.aborted || isAborted(error)) return
      if (!(error instanceof Problem)) throw error
      problem.value = error
    } finally {
      if (!signal.aborted) loading.value = false
    }
  }
  watch(
    of,
    () => {
      left.clear()
      lines.value = []
      void reload()
    },
    { immediate: true },
  )

  const lacking = computed(() => lines.value.filter(lacks))
  const chosen = computed(() => lacking.value.filter((line) => !left.has(line.person)))
  function tick(person: string, on: boolean): void {
    if (on) left.delete(person)
    else left.add(person)
  }
  function tickAll(on: boolean): void {
    for (const line of lacking.value) tick(line.person, on)
  }
  return { lines, problem, loading, read, lacking, chosen, left, reload, tick, tickAll }
}
