// A job as it goes on: read again and again until it is over.

import { computed, onScopeDispose, watch } from 'vue'
import { api, ask, type Shape } from '@/api/api'
import { useLoad } from '@/api/useLoad'

export type Job = Shape<'api.Job'>

/** Between two looks at a job: short at first, since most work is, longer while it lasts. */
const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 3000

export const isOver = (job: Job) => job.state !== 'waiting' && job.state !== 'running'

export function useJob(id: () => string | undefined) {
  const load = useLoad(id, (job, signal) =>
    ask(api.GET('/api/v1/jobs/{job}', { params: { path: { job } }, signal })),
  )
  let wait = FIRST_WAIT_MS
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(id, () => (wait = FIRST_WAIT_MS))
  watch(load.data, (job) => {
    clearTimeout(timer)
    if (!job || isOver(job)) return
    timer = setTimeout(() => void load.reload(), wait)
    wait = Math.min(wait * 1.5, LONGEST_WAIT_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  /** Not that of the job before, while the next is being read. */
  const job = computed(() => (load.data.value?.id === id() ? load.data.value : undefined))
  return { job, problem: load.problem, reload: load.reload }
}
