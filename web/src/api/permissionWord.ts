// What a permission is called, where somebody lacks it: asked for then only.

import { computed } from 'vue'
import { language } from '@/lib/texts'
import { api, ask } from './api'
import { useLoad } from './useLoad'

/** The words for a permission, in the user's language; undefined until they are there. */
export function usePermissionWord(of: () => string | undefined) {
  const load = useLoad(
    () => (of() ? { in: language() } : undefined),
    async (_, signal) => (await ask(api.GET('/api/v1/permissions', { signal }))).items,
  )
  return computed(() => load.data.value?.find((one) => one.permission === of())?.title)
}
