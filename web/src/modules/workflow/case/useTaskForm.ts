// The answer to a task as it is typed: prefilled, kept as a draft, held against the form.

import { computed, ref, shallowRef, watch } from 'vue'
import { useSession } from '@/api/session'
import { useLoad } from '@/api/useLoad'
import { draftKey, dropDraft, keepDraft, keptDraft } from '@/lib/draft'
import type { Problem } from '@/lib/problem'
import { readKnown, type About } from '../form/known'
import { firstAnswer, missingIn, sentAnswer, type Answer, type Schema } from '../form/schema'

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export interface FormOf {
  /** What the draft is of: a task, or a procedure at a place that is not begun yet. */
  key: string
  form: Schema
  about: About
}

export function useTaskForm(source: () => FormOf | undefined) {
  const session = useSession()
  const keyOf = (name: string) => draftKey(session.me?.account.id ?? '', 'task', name)
  const answer = shallowRef<Answer>({})
  const typed = ref(false)
  /** When the draft was kept that is shown. */
  const restored = ref<number>()
  const missing = ref<string[]>([])

  const known = useLoad(
    () => (source() ? { of: source()?.key ?? '' } : undefined),
    async ({ of }, signal) => {
      const given = source()
      return { of, known: given ? await readKnown(given.form, given.about, signal) : {} }
    },
  )
  /** The form is shown once what is known is there: nothing jumps under the hands. */
  const ready = computed(() => known.data.value?.of === source()?.key)
  const knownNow = computed(() => (ready.value ? (known.data.value?.known ?? {}) : {}))

  function begin(): void {
    const given = source()
    if (!given || !ready.value) return
    const kept = keptDraft(keyOf(given.key), isAnswer)
    const first = firstAnswer(given.form, given.about.variables, knownNow.value)
    answer.value = { ...first, ...kept?.value }
    typed.value = kept !== undefined
    restored.value = kept?.at
    missing.value = []
  }
  watch([() => source()?.key, ready], begin, { immediate: true })

  function set(now: Answer): void {
    answer.value = now
    typed.value = true
    const given = source()
    if (given) keepDraft(keyOf(given.key), now)
    if (missing.value.length > 0 && given) missing.value = missingIn(given.form, now)
  }

  /** What is to be sent; undefined where something is missing, which the fields then say. */
  function checked(): Answer | undefined {
    const given = source()
    if (!given) return {}
    missing.value = missingIn(given.form, answer.value)
    return missing.value.length > 0 ? undefined : sentAnswer(given.form, answer.value)
  }

  /** All that is typed, missing or not: for a refusal or a step back. */
  function sent(): Answer {
    const given = source()
    return given ? sentAnswer(given.form, answer.value) : {}
  }

  function drop(): void {
    const given = source()
    if (given) dropDraft(keyOf(given.key))
    typed.value = false
    restored.value = undefined
  }

  function clear(): void {
    drop()
    begin()
  }

  /** What is wrong with a field: missing here, or refused by the server. */
  function wrongAt(path: string, missingText: string, problem: Problem | undefined) {
    if (missing.value.includes(path)) return missingText
    if (problem?.path !== `variables.${path}`) return undefined
    return problem.detail || problem.title
  }
  /** Fields that the program filled in. */
  const prefilled = computed(() =>
    Object.entries(knownNow.value)
      .filter(([name, value]) => value !== null && answer.value[name] === value)
      .map(([name]) => name),
  )
  return { answer, set, ready, restored, missing, checked, sent, drop, clear, wrongAt, prefilled }
}
