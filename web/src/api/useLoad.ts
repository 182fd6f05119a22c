// Reading for a page: the request is made anew when its source changes, and given up when the page
// has gone. What was shown stays until the new answer is there.

import { onScopeDispose, readonly, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Page } from './api'
import { isAborted, Problem } from '@/lib/problem'

export interface Load<Data> {
  data: Readonly<ShallowRef<Data | undefined>>
  problem: Readonly<ShallowRef<Problem | undefined>>
  loading: Readonly<Ref<boolean>>
  /** Reads once more, for instance after a command or an event. */
  reload: () => Promise<void>
}

/** One request at a time: the last one wins, those before it are given up. */
function latest() {
  let running: AbortController | undefined
  onScopeDispose(() => running?.abort())
  return (): AbortSignal => {
    running?.abort()
    running = new AbortController()
    return running.signal
  }
}

/**
 * Lets whoever asked to read anew wait until that is shown: a later reading that takes the place of
 * theirs (after an event, say) is waited for as well.
 */
function settling(read: () => Promise<void>) {
  let last: Promise<void> | undefined
  return async (): Promise<void> => {
    let mine: Promise<void>
    last = read()
    do await (mine = last)
    while (mine !== last)
  }
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  throw error // a mistake of ours: the application's handler tells of it
}

/**
 * Reads by a reactive source: `useLoad(() => props.organisation, (id, signal) => ask(…))`.
 * A source that gives undefined reads nothing.
 */
export function useLoad<Source, Data>(
  source: () => Source | undefined,
  read: (source: Source, signal: AbortSignal) => Promise<Data>,
): Load<Data> {
  const data = shallowRef<Data>()
  const problem = shallowRef<Problem>()
  const loading = ref(false)
  const begin = latest()

  async function reload(): Promise<void> {
    const from = source()
    const signal = begin()
    if (from === undefined) return
    loading.value = true
    try {
      const got = await read(from, signal)
      if (signal.aborted) return
      data.value = got
      problem.value = undefined
    } catch (error) {
      if (signal.aborted || isAborted(error)) return
      problem.value = asProblem(error)
    } finally {
      if (!signal.aborted) loading.value = false
    }
  }

  const settled = settling(reload)
  watch(source, settled, { immediate: true, deep: true })
  return { data, problem, loading: readonly(loading), reload: settled }
}

export interface Pages<Item> {
  items: Readonly<ShallowRef<readonly Item[]>>
  problem: Readonly<ShallowRef<Problem | undefined>>
  loading: Readonly<Ref<boolean>>
  /** Whether the first page has come. */
  ready: Readonly<Ref<boolean>>
  hasMore: Readonly<Ref<boolean>>
  more: () => Promise<void>
  /** Reads anew as much as is shown, so that a change elsewhere does not shorten the list. */
  reload: () => Promise<void>
}

/** Reads a list page after page; the source changing begins it anew. */
export function usePages<Source, Item>(
  source: () => Source | undefined,
  read: (source: Source, after: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
): Pages<Item> {
  const items = shallowRef<readonly Item[]>([])
  const problem = shallowRef<Problem>()
  const loading = ref(false)
  const ready = ref(false)
  const hasMore = ref(false)
  let next: string | undefined
  const begin = latest()

  /** Reads on from `after`, page by page until there are `least`. */
  async function load(after: string | undefined, least = 0): Promise<void> {
    const from = source()
    const signal = begin()
    if (from === undefined) return
    loading.value = true
    try {
      let page = await read(from, after, signal)
      let all = after === undefined ? page.items : [...items.value, ...page.items]
      while (page.next !== null && all.length < least && !signal.aborted) {
        page = await read(from, page.next, signal)
        all = [...all, ...page.items]
      }
      if (signal.aborted) return
      items.value = all
      next = page.next ?? undefined
      hasMore.value = next !== undefined
      ready.value = true
      problem.value = undefined
    } catch (error) {
      if (signal.aborted || isAborted(error)) return
      problem.value = asProblem(error)
    } finally {
      if (!signal.aborted) loading.value = false
    }
  }

  async function more(): Promise<void> {
    if (next !== undefined && !loading.value) await load(next)
  }

  // Begun anew it is as long as a page; read anew, as long as it is.
  let least = 0
  const settled = settling(() => load(undefined, least))
  function anew(length: number): Promise<void> {
    least = length
    return settled()
  }
  watch(source, () => anew(0), { immediate: true, deep: true })
  return {
    items,
    problem,
    loading: readonly(loading),
    ready: readonly(ready),
    hasMore: readonly(hasMore),
    more,
    reload: () => anew(items.value.length),
  }
}
