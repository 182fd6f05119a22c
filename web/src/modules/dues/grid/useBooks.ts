// The members of an organisation with what they paid, as the server says it.

import { computed } from 'vue'
import { useLive } from '@/api/events'
import { usePages } from '@/api/useLoad'
import { openedOf } from './grid'
import { readMembers } from './reads'

export function useBooks(organisation: () => string | undefined, until: () => string) {
  const members = usePages(() => {
    const at = organisation()
    return at ? { at, until: until() } : undefined
  }, readMembers)
  useLive(
    (fact) => fact.kind.startsWith('dues.') || fact.kind.startsWith('registry.member'),
    () => void members.reload(),
  )
  /** The first month anybody paid for, of each organisation. */
  const opened = computed(() => openedOf(members.items.value))
  return { members, opened }
}
