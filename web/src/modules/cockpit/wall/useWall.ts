// All that the wall shows of one organisation, read anew when the server tells of a change: at most
// once in a while, since an import brings thousands.

import { computed, onScopeDispose, ref } from 'vue'
import { useLive } from '@/api/events'
import { useLoad } from '@/api/useLoad'
import { today } from '@/lib/format'
import * as read from './read'

const REST_MS = 3000
/** Also without any event: a day ends, and what lies between the server and the wall may be silent. */
const ANYWAY_MS = 5 * 60_000

export function useWall(organisation: () => string | undefined) {
  const day = ref(today())
  /** When the figures were read last, in milliseconds. */
  const readAt = ref(0)
  const dated = () => {
    const id = organisation()
    return id === undefined ? undefined : { id, day: day.value }
  }
  const head = useLoad(organisation, read.readOrganisation)
  const children = useLoad(organisation, read.readChildren)
  /** Comes after: what is known of the first level is drawn meanwhile. */
  const parts = useLoad(() => children.data.value, read.readParts)
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
  const lights = useLoad(dated, (at, signal) => read.readLights(at.id, at.day, signal))
  const months = useLoad(dated, (at, signal) => read.readMonths(at.id, at.day, signal))
  const terms = useLoad(dated, (at, signal) => read.readTerms(at.id, at.day, signal))
  const words = useLoad(
    () => true,
    (_, signal) => read.readWords(signal),
  )
  const rules = useLoad(
    () => true,
    (_, signal) => read.readRuleTitles(signal),
  )
  /** The same all day; null where the server has none. */
  const boundary = useLoad(
    () => true,
    (_, signal) => read.readBoundary(signal),
  )
  const loads = [head, children, parts, structure, lights, months, terms, words, rules]

  function reload(): void {
    day.value = today()
    for (const part of [head, children, structure, lights, months, terms]) void part.reload()
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
    lights: lights.data,
    months: months.data,
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
