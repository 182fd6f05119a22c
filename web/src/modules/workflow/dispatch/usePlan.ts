// The plan of a task for many: kept as a draft while it is typed, reckoned as it changes.

import { computed, onScopeDispose, reactive, ref, watch } from 'vue'
import { useSession } from '@/api/session'
import { useLoad } from '@/api/useLoad'
import { draftKey, dropDraft, keepDraft, keptDraft } from '@/lib/draft'
import { emptyPlan, isPlan, trialOf, type Body, type Plan } from './plan'
import { reckon } from './reads'

/** Between the last key and the reckoning. */
const PAUSE_MS = 350

export function usePlan(senderOf: (plan: Plan) => string) {
  const session = useSession()
  const key = draftKey(session.me?.account.id ?? '', 'dispatch')
  const kept = keptDraft(key, isPlan)
  const plan = reactive<Plan>({ ...emptyPlan(), ...kept?.value })
  /** When the draft was kept that is shown. */
  const restored = ref(kept?.at)

  const trial = ref<{ sender: string; body: Body }>()
  function reckonNow(): void {
    const sender = senderOf(plan)
    const body = trialOf(plan)
    trial.value = sender && body ? { sender, body } : undefined
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => JSON.stringify([senderOf(plan), trialOf(plan)]),
    () => {
      clearTimeout(timer)
      timer = setTimeout(reckonNow, PAUSE_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  const reckoning = useLoad(
    () => trial.value,
    ({ sender, body }, signal) => reckon(sender, body, signal),
  )

  let dropping = false
  watch(plan, () => dropping || keepDraft(key, plan), { flush: 'sync' })
  function drop(): void {
    dropDraft(key)
    restored.value = undefined
  }
  function clear(): void {
    dropping = true
    Object.assign(plan, emptyPlan())
    dropping = false
    drop()
  }
  /** What was reckoned of a plan that goes to somebody. */
  const reckoned = computed(() => (trial.value ? reckoning.data.value : undefined))
  const problem = computed(() => (trial.value ? reckoning.problem.value : undefined))
  return { plan, restored, reckoned, problem, loading: reckoning.loading, drop, clear }
}
