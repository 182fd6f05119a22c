// All that the wall shows of one organisation, read anew when the server tells of a change: at most
// once in a while, since an import brings thousands.

import { computed, onScopeDispose, reactive, ref, watch } from 'vue'
import { useLive } from '@/api/events'
import { useLoad } from '@/api/useLoad'
import { today } from '@/lib/format'
import * as read from './read'
import type { View } from './views'

const REST_MS = 3000
/** Also without any event: a day ends, and what lies between the server and the wall may be silent. */
const ANYWAY_MS = 5 * 60_000

/** What a view shows is read when it is first looked at; what the totals show, at once. */
export function useWall(organisation: () => string | undefined, view: () => View) {
  const seen = reactive(new Set<View>())
  watch(view, (now) => seen.add(now), { immediate: true })
  const shown = (...views: View[]) => views.some((one) => seen.has(one))
  const day = ref(today())
  /** When the figures were read last, in milliseconds. */
  const readAt = ref(0)
  const dated = () => {
    const id = organisation()
    return id === undefined ? undefined : { id, day: day.value }
  }
  const of = (...views: View[]) => (shown(...views) ? organisation() : undefined)
  const datedOf = (...views: View[]) => (shown(...views) ? dated() : undefined)
  const head = useLoad(organisation, read.readOrganisation)
  const counts = useLoad(organisation, read.readCounts)
  const months = useLoad(dated, (at, signal) => read.readMonths(at.id, at.day, signal))
  const children = useLoad(() => of('overview', 'lights', 'map'), read.readChildren)
  const below = useLoad(() => of('overview', 'lights', 'map'), read.readLightsBelow)
  const areas = computed<read.Area[] | undefined>(() =>
    children.data.value?.map((child) => ({
      ...child,
      parts: parts.data.value?.get(child.organisation) ?? [],
    })),
  )
  const structure = useLoad(organisation, async (id, signal) => {
    const found = await read.readStructure(id, signal)
    readAt.value = Date.now()
    return found
  })
  const endings = useLoad(dated, (at, signal) => read.readEndings(at.id, at.day, signal))
  /** Comes after: what is known of the first level is drawn meanwhile. */
  const parts = useLoad(() => (shown('overview') ? children.data.value : undefined), read.readParts)
  const trend = useLoad(
    () => datedOf('lights'),
    (at, signal) => read.readTrend(at.id, at.day, signal),
  )
  const calendar = useLoad(
    () => datedOf('work'),
    (at, signal) => read.readCalendar(at.id, at.day, signal),
  )
  const terms = useLoad(
    () => datedOf('work'),
    (at, signal) => read.readTerms(at.id, at.day, signal),
  )
  const words = useLoad(
    () => shown('structure') || undefined,
    (_, signal) => read.readWords(signal),
  )
  const rules = useLoad(
    () => shown('lights') || undefined,
    (_, signal) => read.readRuleTitles(signal),
  )
  /** The same all day; null where the server has none. */
  const boundary = useLoad(
    () => true,
    (_, signal) => read.readBoundary(signal),
  )
  const ofNow = [head, counts, months, children, below, structure, endings, trend, calendar, terms]
  const loads = [...ofNow, parts, words, rules]

  function reload(): void {
    day.value = today()
    for (const part of ofNow) void part.reload()
  }

  let resting: ReturnType<typeof setTimeout> | undefined
  let waiting = false
  function reloadSoon(): void {
    if (resting) {
      waiting = true
      return
    }
    reload()
    resting = setTimeout(() => {
      resting = undefined
      if (!waiting) return
      waiting = false
      reloadSoon()
    }, REST_MS)
  }
  useLive((fact) => /^(registry|insight|orglife|intake)\./.test(fact.kind), reloadSoon)
  const anyway = setInterval(reloadSoon, ANYWAY_MS)
  onScopeDispose(() => {
    clearTimeout(resting)
    clearInterval(anyway)
  })

  return {
    day,
    readAt,
    head: head.data,
    areas,
    structure: structure.data,
    counts: counts.data,
    below: below.data,
    trend: trend.data,
    months: months.data,
    endings: endings.data,
    calendar: calendar.data,
    terms: terms.data,
    words: words.data,
    rules: rules.data,
    boundary: boundary.data,
    problem: computed(() => loads.map((load) => load.problem.value).find(Boolean)),
    retry: () => {
      reload()
      void words.reload()
      void rules.reload()
    },
  }
}

export type Wall = ReturnType<typeof useWall>
