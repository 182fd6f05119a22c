// The members of a branch with what they paid, as the server says it and as was saved just now.

import { computed, ref, shallowRef, watch } from 'vue'
import { useLive } from '@/api/events'
import { useLoad, usePages } from '@/api/useLoad'
import type { Payment } from './grid'
import { readBooks, readMembers, type Book } from './reads'

/** The rules read what was saved within this time: so long it is shown from here. */
const LAG_MS = 8000

interface Fresh {
  payment: Payment
  /** Taken back rather than recorded. */
  gone: boolean
  until: number
}

const same = (one: Payment, other: Payment) =>
  one.person === other.person &&
  one.month === other.month &&
  one.cents === other.cents &&
  one.paidOn === other.paidOn

export function useBooks(organisation: () => string | undefined) {
  const members = usePages(organisation, readMembers)
  const known = shallowRef<Map<string, Book>>(new Map())
  const fresh = ref<Fresh[]>([])
  const persons = computed(() => members.items.value.map((one) => one.person))
  /** Of whom is to be read. */
  const wanted = shallowRef<readonly string[]>([])
  watch(persons, (now) => (wanted.value = now.filter((person) => !known.value.has(person))), {
    immediate: true,
  })
  const read = useLoad(
    () => (wanted.value.length > 0 ? wanted.value : undefined),
    async (these, signal) => {
      const books = await readBooks(these, signal)
      known.value = new Map([...known.value, ...books])
      return true
    },
  )
  useLive(
    (fact) => fact.kind.startsWith('dues.') || fact.kind.startsWith('registry.member'),
    (facts) => {
      const told = new Set(facts.map((fact) => fact.person))
      const some = persons.value.filter((person) => told.has(person))
      wanted.value = facts.length === 0 ? [...persons.value] : some
    },
  )

  /** Shown at once, before the rules have read it. */
  function tell(payment: Payment, gone: boolean): void {
    const now = Date.now()
    const others = fresh.value.filter((one) => one.until > now && !same(one.payment, payment))
    fresh.value = [...others, { payment, gone, until: now + LAG_MS }]
    setTimeout(() => {
      fresh.value = fresh.value.filter((one) => one.until > Date.now())
      wanted.value = [payment.person]
    }, LAG_MS + 100)
  }
  function paymentsOf(person: string): Payment[] {
    const said = known.value.get(person)?.payments ?? []
    const gone = fresh.value.filter((one) => one.gone).map((one) => one.payment)
    const added = fresh.value.filter((one) => !one.gone).map((one) => one.payment)
    return [
      ...said.filter((one) => !gone.some((other) => same(one, other))),
      ...added.filter((one) => one.person === person && !said.some((other) => same(one, other))),
    ]
  }
  const opened = computed(() => {
    const months = [...known.value.values()].map((book) => book.opened).filter(Boolean)
    return months.sort()[0] ?? ''
  })
  const ready = computed(
    () => members.ready.value && persons.value.every((person) => known.value.has(person)),
  )
  return {
    members,
    ready,
    opened,
    problem: computed(() => members.problem.value ?? read.problem.value),
    reload: () => Promise.all([members.reload(), read.reload()]),
    paymentsOf,
    tell,
  }
}
