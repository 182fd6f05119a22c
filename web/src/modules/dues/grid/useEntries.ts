// What is typed into the grid: kept as a draft, saved together, and what was refused stays.

import { computed, reactive, ref, watch } from 'vue'
import { newKey } from '@/api/api'
import { useSession } from '@/api/session'
import { draftKey, dropDraft, keepDraft, keptDraft } from '@/lib/draft'
import { today } from '@/lib/format'
import { Problem } from '@/lib/problem'
import { problemText } from '@/lib/problemText'
import { useTexts } from '@/lib/texts'
import { cellKey, centsOf, isGridDraft, paymentKey, type GridDraft, type Payment } from './grid'
import { recordPayment } from './reads'

export function useEntries(organisation: () => string | undefined) {
  const session = useSession()
  const { t } = useTexts()
  const cells = reactive<Record<string, string>>({})
  const wrong = reactive<Record<string, string>>({})
  const paidOn = ref(today())
  const running = ref(false)
  const restored = ref<number>()
  let key = newKey()
  const place = () => draftKey(session.me?.account.id ?? '', 'payments', organisation() ?? '')

  const typed = computed(() => Object.keys(cells).filter((one) => cells[one]?.trim()))
  const sum = computed(() =>
    typed.value.reduce((total, one) => total + (centsOf(cells[one] ?? '') ?? 0), 0),
  )

  function forget(record: Record<string, string>): void {
    for (const one of Object.keys(record)) Reflect.deleteProperty(record, one)
  }
  // Another branch has another draft.
  watch(
    organisation,
    (now) => {
      forget(cells)
      forget(wrong)
      const kept = now ? keptDraft(place(), isGridDraft) : undefined
      restored.value = kept && Object.keys(kept.value.cells).length > 0 ? kept.at : undefined
      if (!kept) return
      Object.assign(cells, kept.value.cells)
      paidOn.value = kept.value.paidOn || today()
      key = kept.value.key
    },
    { immediate: true },
  )
  function keep(): void {
    if (typed.value.length === 0) return dropDraft(place())
    keepDraft(place(), { cells: { ...cells }, paidOn: paidOn.value, key } satisfies GridDraft)
  }
  function enter(person: string, month: string, text: string): void {
    const one = cellKey(person, month)
    if (text.trim()) cells[one] = text
    else Reflect.deleteProperty(cells, one)
    Reflect.deleteProperty(wrong, one)
    keep()
  }
  function clear(): void {
    forget(cells)
    forget(wrong)
    restored.value = undefined
    keep()
  }

  async function send(one: string): Promise<Payment | undefined> {
    const [person = '', month = ''] = one.split('/')
    const cents = centsOf(cells[one] ?? '')
    if (cents === undefined) {
      wrong[one] = t('dues.amount_wrong')
      return undefined
    }
    const payment = { person, month, cents, paidOn: paidOn.value }
    try {
      await recordPayment(payment, paymentKey(key, payment))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      wrong[one] = problemText(error)
      return undefined
    }
    Reflect.deleteProperty(cells, one)
    Reflect.deleteProperty(wrong, one)
    return payment
  }
  /** Saves all that is typed; resolves with what is on record now. What was refused stays. */
  async function save(): Promise<Payment[]> {
    if (running.value) return []
    running.value = true
    forget(wrong)
    try {
      const done: Payment[] = []
      for (const one of typed.value) {
        const payment = await send(one)
        if (payment) done.push(payment)
      }
      if (typed.value.length === 0) key = newKey()
      restored.value = undefined
      keep()
      return done
    } finally {
      running.value = false
    }
  }
  return { cells, wrong, paidOn, running, restored, typed, sum, enter, keep, clear, save }
}
