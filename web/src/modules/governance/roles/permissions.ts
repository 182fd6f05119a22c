// Permissions in words, as the server says them, and which of them show anything of members.

import { api, ask, type Shape } from '@/api/api'
import { useLoad } from '@/api/useLoad'
import { language } from '@/lib/texts'

export type ShownPermission = Shape<'identity.ShownPermission'>

export async function readPermissions(signal: AbortSignal): Promise<ShownPermission[]> {
  return (await ask(api.GET('/api/v1/permissions', { signal }))).items
}

export function usePermissions() {
  const load = useLoad(
    () => language(),
    (_, signal) => readPermissions(signal),
  )
  /** The name itself until the words are there. */
  function word(permission: string): string {
    return load.data.value?.find((one) => one.permission === permission)?.title ?? permission
  }
  return { all: load.data, word }
}
