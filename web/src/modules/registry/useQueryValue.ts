// What a page shows (its tab, its filters, its day) stands in the address: reload, back and a link
// sent to a colleague lead to the same.

import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type Router } from 'vue-router'

/** What is set in one go is one change of the address. */
let patch: Record<string, string | undefined> = {}
let waiting = false

function put(router: Router, name: string, value: string | undefined): void {
  patch[name] = value
  if (waiting) return
  waiting = true
  const { path } = router.currentRoute.value
  queueMicrotask(() => {
    waiting = false
    const now = router.currentRoute.value
    const query = { ...now.query, ...patch }
    patch = {}
    if (now.path === path) void router.replace({ query, hash: now.hash })
  })
}

/** A word of the query; what is usual is left out of the address. */
export function useQueryValue<Value extends string = string>(
  name: string,
  usual: Value = '' as Value,
): WritableComputedRef<Value> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => {
      const value = route.query[name]
      return typeof value === 'string' && value !== '' ? (value as Value) : usual
    },
    set: (value) => put(router, name, value === usual || value === '' ? undefined : value),
  })
}
