// What this person did to the structure in this browser and can still take back: told in the
// history of the organisation, after the toast has gone.

import { ref } from 'vue'
import { defineStore } from 'pinia'
import { newKey } from '@/api/api'
import { useSession } from '@/api/session'
import { problemText } from '@/lib/problemText'
import { say } from '@/lib/texts'
import { useToasts } from '@/lib/toasts'
import { send, type Order } from './orders'

export interface Deed {
  /** Also the key of its undoing, so that a second press does it once. */
  id: string
  text: string
  /** Milliseconds since 1970. */
  at: number
  /** Whom it touched. */
  organisations: string[]
  back: Order[]
}

const MOST = 20
const KEPT_MS = 30 * 86_400_000

export const useDone = defineStore('registry.done', () => {
  const session = useSession()
  const toasts = useToasts()
  const key = () => `jishi.done.${session.me?.account.id ?? ''}`
  const deeds = ref<Deed[]>(read())
  /** Counts what was done and taken back: pages read anew. */
  const times = ref(0)

  function read(): Deed[] {
    try {
      const kept = JSON.parse(localStorage.getItem(key()) ?? '[]') as Deed[]
      return kept.filter((deed) => deed.at > Date.now() - KEPT_MS)
    } catch {
      return []
    }
  }

  function keep(now: Deed[]): void {
    deeds.value = now.slice(0, MOST)
    try {
      localStorage.setItem(key(), JSON.stringify(deeds.value))
    } catch {
      // Then it is known as long as the page is.
    }
  }

  /** Tells of what was done, with the way back where there is one. */
  function add(text: string, organisations: string[], back: Order[] | undefined): void {
    times.value += 1
    if (!back) return toasts.add('done', text)
    const deed: Deed = { id: newKey(), text, at: Date.now(), organisations, back }
    keep([deed, ...deeds.value])
    toasts.add('done', text, { text: say('registry.undo'), run: () => void undo(deed) })
  }

  async function undo(deed: Deed): Promise<void> {
    try {
      for (const [step, order] of deed.back.entries()) await send(order, `${deed.id}-${step}`)
    } catch (error) {
      return toasts.add('failed', problemText(error))
    } finally {
      times.value += 1
    }
    keep(deeds.value.filter((other) => other.id !== deed.id))
    toasts.add('done', say('registry.undone', { text: deed.text }))
  }

  return { deeds, times, add, undo }
})
