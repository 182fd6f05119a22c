// From where this person may send: where they hold the role that opens the process of tasks.

import { computed } from 'vue'
import { useSession } from '@/api/session'
import { useLoad } from '@/api/useLoad'
import { readDefinition, readProcesses } from '../definitions/definitions'
import { useRoles } from '../definitions/roles'

const TASK_PROCESS = 'task'
/** A role that is held everywhere is that of no organisation, and sends from none. */
const EVERYWHERE = '0'

export function useSenders() {
  const session = useSession()
  const roleName = useRoles()
  const opener = useLoad(
    () => true,
    async (_, signal) => {
      const version = (await readProcesses(signal)).find((one) => one.process === TASK_PROCESS)
      const words = version && (await readDefinition(version.id)).words
      return { role: words?.start.role ?? '', known: words !== undefined }
    },
  )
  const senders = computed(() => {
    const { role, known } = opener.data.value ?? {}
    if (!known) return []
    const held = (session.me?.roles ?? []).filter(
      (one) => one.organisation !== EVERYWHERE && (!role || one.role === role),
    )
    const names = new Map(held.map((one) => [one.organisation, one.organisation_name]))
    return [...names].map(([value, text]) => ({ value, text }))
  })
  return {
    senders,
    /** What one has to be to send. */
    role: computed(() => roleName(opener.data.value?.role ?? '')),
    ready: computed(() => opener.data.value !== undefined),
    problem: opener.problem,
    reload: opener.reload,
  }
}
