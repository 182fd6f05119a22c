// What happened to a light and what was said of it, as one line of time, the latest first.

import type { History } from './light'

export interface Moment {
  ms: number
  kind: 'lit' | 'changed' | 'out' | 'taken' | 'explained' | 'waived' | 'released'
  level: string
  who: string
  reason: string
  until: string
}

const NOTHING = { level: '', who: '', reason: '', until: '' }

export function momentsOf(history: History): Moment[] {
  const moments: Moment[] = history.events.map((event) => ({
    ...NOTHING,
    ms: Number(event.happened_ms),
    kind: event.what as Moment['kind'],
    level: event.level,
  }))
  const made = history.handlings.map((one) => Number(one.made_ms))
  for (const one of history.handlings) {
    const said = { who: one.account_name, reason: one.reason, until: one.until ?? '' }
    const kind = one.what as Moment['kind']
    moments.push({ ...NOTHING, ...said, ms: Number(one.made_ms), kind })
    // What the next one took the place of was not taken back.
    const ended = one.ended_ms === null ? undefined : Number(one.ended_ms)
    if (ended !== undefined && !made.includes(ended))
      moments.push({ ...NOTHING, ms: ended, kind: 'released' })
  }
  return moments.sort((one, other) => other.ms - one.ms)
}
