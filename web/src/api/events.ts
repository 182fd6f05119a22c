// What changes in the user's scope, as it changes (server-sent events). One stream a window, open
// while the window is seen: browsers allow six connections to a server, over all windows.

import { onScopeDispose } from 'vue'

/** A fact of the ledger, by ids: what it means is read through the API. */
export interface Fact {
  seq: string
  kind: string
  happened: string
  recorded_ms: string
  organisation: string
  person: string
  subject: string
}

/** What a listener is told: one fact, or undefined for so many that it should read anew. */
export type Listener = (fact: Fact | undefined) => void

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000

export class LiveStream {
  readonly #listeners = new Set<Listener>()
  readonly #open: (address: string) => EventSource
  #source: EventSource | undefined
  #last = ''
  #wanted = false
  #wait = FIRST_WAIT_MS
  #retry: ReturnType<typeof setTimeout> | undefined

  constructor(open: (address: string) => EventSource = (address) => new EventSource(address)) {
    this.#open = open
  }

  /** Follows from now on, or from where it stopped. */
  start(): void {
    this.#wanted = true
    if (!this.#source && !document.hidden) this.#connect()
  }

  /** Forgets where it was, too: the next session may be another's. */
  stop(): void {
    this.#wanted = false
    this.#last = ''
    this.#disconnect()
  }

  /** To be called when the window is hidden or seen again. */
  seen(visible: boolean): void {
    if (!visible) this.#disconnect()
    else if (this.#wanted && !this.#source) this.#resume()
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Without a place to go on from, whatever happened meanwhile is unknown: read anew. */
  #resume(): void {
    if (!this.#last) for (const listener of this.#listeners) listener(undefined)
    this.#connect()
  }

  #disconnect(): void {
    clearTimeout(this.#retry)
    this.#source?.close()
    this.#source = undefined
  }

  #connect(): void {
    clearTimeout(this.#retry)
    const since = this.#last ? `?since=${encodeURIComponent(this.#last)}` : ''
    const source = this.#open(`/api/v1/events${since}`)
    this.#source = source
    source.onopen = () => (this.#wait = FIRST_WAIT_MS)
    source.addEventListener('fact', (event) => this.#tell(event, true))
    source.addEventListener('many', (event) => this.#tell(event, false))
    source.onerror = () => {
      // A lost connection the browser takes up again itself; a refusal ends the source.
      if (source.readyState !== source.CLOSED || this.#source !== source) return
      this.#source = undefined
      this.#retry = setTimeout(() => this.seen(!document.hidden), this.#wait)
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS)
    }
  }

  #tell(event: MessageEvent<string>, single: boolean): void {
    this.#last = event.lastEventId
    const fact = single ? (JSON.parse(event.data) as Fact) : undefined
    for (const listener of this.#listeners) listener(fact)
  }
}

export const live = new LiveStream()

/**
 * Listens as long as the component lives. `wanted` chooses facts by their kind; `many` always
 * counts. Facts that come together are told once: `changed` is called when no more have come for a
 * moment, with those that came (empty after `many`).
 */
export function useLive(wanted: (fact: Fact) => boolean, changed: (facts: Fact[]) => void): void {
  const MOMENT_MS = 150
  let facts: Fact[] = []
  let missed = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = live.listen((fact) => {
    if (fact && !wanted(fact)) return
    if (fact) facts.push(fact)
    else missed = true
    if (timer) return
    timer = setTimeout(() => {
      timer = undefined
      const told = missed ? [] : facts
      facts = []
      missed = false
      changed(told)
    }, MOMENT_MS)
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
}
