// What is typed into the grid: kept as a draft, saved together, and what was refused stays.

import { computed, reactive, ref, watch } from 'vue'
import { useSession } from '@/api/session'
import { useCommand } from '@/api/useCommand'
import { draftKey, dropDraft, keepDraft, keptDraft } from '@/lib/draft'
import { today } from '@/lib/format'
import { language, useTexts } from '@/lib/texts'
import { cellKey, centsOf, inParts, isGridDraft, type GridDraft, type Payment } from './grid'
import { recordPayments } from './reads'

export interface Saved {
  created: Payment[]
  /** Of these the same was on record. */
  unchanged: number
}

export function useEntries(organisation: () => string | undefined) {
  const session = useSession()
  const { t } = useTexts()
  const cells = reactive<Record<string, string>>({})
  const wrong = reactive<Record<string, string>>({})
  const paidOn = ref(today())
  const running = ref(false)
  const restored = ref<number>()
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
    },
    { immediate: true },
  )
  function keep(): void {
    if (typed.value.length === 0) return dropDraft(place())
    keepDraft(place(), { cells: { ...cells }, paidOn: paidOn.value } satisfies GridDraft)
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

  const command = useCommand((key, at: string, payments: readonly Payment[]) =>
    recordPayments(at, payments, key),
  )
  /** What is typed and can be sent; the rest is told at its cell. */
  function payments(): Payment[] {
    return typed.value.flatMap((one) => {
      const [person = '', month = ''] = one.split('/')
      const cents = centsOf(cells[one] ?? '')
      if (cents === undefined) {
        wrong[one] = t('dues.amount_wrong')
        return []
      }
      return [{ person, month, cents, paidOn: paidOn.value }]
    })
  }
  /**
   * Saves all that is typed. `recorded` is called with the answer before the cells are cleared, so
   * that the grid can be read anew first. What was refused stays with its reason.
   */
  async function save(recorded: () => Promise<void>): Promise<Saved> {
    const saved: Saved = { created: [], unchanged: 0 }
    const at = organisation()
    if (running.value || !at) return saved
    running.value = true
    forget(wrong)
    try {
      for (const part of inParts(payments())) {
        const answer = await command.run(at, part)
        if (!answer) break
        await recorded()
        for (const [index, { outcome, refusal }] of answer.items.entries()) {
          const payment = part[index]
          if (!payment) continue
          const one = cellKey(payment.person, payment.month)
          if (refusal) wrong[one] = refusal[language()]
          else Reflect.deleteProperty(cells, one)
          if (outcome === 'created') saved.created.push(payment)
          if (outcome === 'unchanged') saved.unchanged += 1
        }
      }
      restored.value = undefined
      keep()
      return saved
    } finally {
      running.value = false
    }
  }
  return {
    cells,
    wrong,
    paidOn,
    running,
    restored,
    problem: command.problem,
    typed,
    sum,
    enter,
    keep,
    clear,
    save,
  }
}
