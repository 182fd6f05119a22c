import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { live, LiveStream, useLive, type Fact } from './events'

/** An EventSource whose events a test makes. */
class FakeSource extends EventTarget {
  static all: FakeSource[] = []
  readonly CLOSED = 2
  readyState = 1
  onopen: (() => void) | null = null
  onerror: (() => void) | null = null
  constructor(readonly address: string) {
    super()
    FakeSource.all.push(this)
  }
  close() {
    this.readyState = 2
  }
  tell(name: 'fact' | 'many', id: string, data = '{}') {
    this.dispatchEvent(new MessageEvent(name, { data, lastEventId: id }))
  }
  refuse() {
    this.readyState = 2
    this.onerror?.()
  }
}

const last = () => FakeSource.all.at(-1) as FakeSource
const stream = () => new LiveStream((address) => new FakeSource(address) as unknown as EventSource)
const fact = (seq: string, kind = 'insight.lit') => JSON.stringify({ seq, kind })

beforeEach(() => {
  FakeSource.all = []
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

describe('a stream', () => {
  it('goes on where it stopped when the window is seen again', () => {
    const one = stream()
    const told: (Fact | undefined)[] = []
    one.listen((what) => told.push(what))
    one.start()
    last().tell('fact', '41', fact('41'))
    one.seen(false)
    expect(last().readyState).toBe(2)
    one.seen(true)
    expect(last().address).toBe('/api/v1/events?since=41')
    expect(told).toHaveLength(1)
  })

  it('has listeners read anew where it does not know what it missed', () => {
    const one = stream()
    const told: (Fact | undefined)[] = []
    one.listen((what) => told.push(what))
    one.start()
    one.seen(false)
    one.seen(true)
    expect(told).toEqual([undefined])
    expect(last().address).toBe('/api/v1/events')
    last().tell('many', '90')
    expect(told).toEqual([undefined, undefined])
  })

  it('waits longer after each refusal, and begins anew for the next session', () => {
    const one = stream()
    one.start()
    last().refuse()
    vi.advanceTimersByTime(999)
    expect(FakeSource.all).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(FakeSource.all).toHaveLength(2)
    last().refuse()
    vi.advanceTimersByTime(1999)
    expect(FakeSource.all).toHaveLength(2)
    vi.advanceTimersByTime(1)
    expect(FakeSource.all).toHaveLength(3)
    last().tell('fact', '7', fact('7'))
    one.stop()
    vi.advanceTimersByTime(100_000)
    expect(FakeSource.all).toHaveLength(3)
    one.start()
    expect(last().address).toBe('/api/v1/events')
  })
})

describe('a listener of a page', () => {
  it('is told once of what comes together, of its kinds only, and not when it has gone', () => {
    const told: Fact[][] = []
    const listen = vi.spyOn(live, 'listen')
    const scope = effectScope()
    scope.run(() =>
      useLive(
        (what) => what.kind === 'insight.lit',
        (facts) => told.push(facts),
      ),
    )
    const tell = listen.mock.calls[0]?.[0] as (what: Fact | undefined) => void
    tell({ seq: '1', kind: 'insight.lit' } as Fact)
    tell({ seq: '2', kind: 'dues.paid' } as Fact)
    tell({ seq: '3', kind: 'insight.lit' } as Fact)
    vi.runAllTimers()
    expect(told.map((facts) => facts.map((what) => what.seq))).toEqual([['1', '3']])
    tell({ seq: '4', kind: 'insight.lit' } as Fact)
    tell(undefined)
    vi.runAllTimers()
    expect(told[1]).toEqual([])
    tell(undefined)
    scope.stop()
    vi.runAllTimers()
    expect(told).toHaveLength(2)
  })
})
