// What roles are called.

import { computed } from 'vue'
import { api, ask } from '@/api/api'
import { useLoad } from '@/api/useLoad'
import { language } from '@/lib/texts'

function useRoleList() {
  return useLoad(
    () => language(),
    async (_, signal) => (await ask(api.GET('/api/v1/roles', { signal }))).items,
  )
}

export function useRoleChoices() {
  const load = useRoleList()
  return computed(() => (load.data.value ?? []).map((one) => ({ value: one.role, text: one.name })))
}

export function useRoles() {
  const load = useRoleList()
  /** The role's own word until its name is there. */
  return (role: string): string => load.data.value?.find((one) => one.role === role)?.name ?? role
}
