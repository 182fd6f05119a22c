// Sends a meeting, and leads to its page when it is on record.

import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { api, ask } from '@/api/api'
import { useCommand } from '@/api/useCommand'
import type { bodyOf } from './meeting'

/** Their refusals stand at the field. */
const FIELDS = ['held_on', 'topic', 'kind']

export function useRecord(saved: () => void) {
  const router = useRouter()
  const record = useCommand((key, organisation: string, body: ReturnType<typeof bodyOf>) =>
    ask(
      api.POST('/api/v1/organisations/{organisation}/activities', {
        params: { path: { organisation }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ),
  )
  const problem = computed(() => {
    const found = record.problem.value
    return found && !FIELDS.includes(found.path ?? '') ? found : undefined
  })
  async function save(at: string, body: ReturnType<typeof bodyOf>): Promise<void> {
    const done = await record.run(at, body)
    if (!done) return
    saved()
    await router.replace({
      name: 'orglife.activity',
      params: { activity: done.activity },
      query: { at, on: body.held_on, saved: done.outcome },
    })
  }
  return { record, problem, save }
}
