// The statement that was uploaded: its lines, recording what is ticked of them, and the way back.

import { computed, ref } from 'vue'
import { useCommand } from '@/api/useCommand'
import { Problem } from '@/lib/problem'
import { problemText } from '@/lib/problemText'
import { language, useTexts } from '@/lib/texts'
import { useToasts } from '@/lib/toasts'
import type { Payment } from '../grid/grid'
import { recordPayments, withdrawPayment } from '../grid/reads'
import { linesOf, matchStatement, partsOf, type Line, type Unread } from './statement'

export function useStatement(organisation: () => string) {
  const { t, format } = useTexts()
  const toasts = useToasts()
  const lines = ref<Line[]>()
  const passedOver = ref(0)
  const unread = ref<Unread[]>([])
  const file = ref('')

  const matching = useCommand(matchStatement)
  const recording = useCommand((key: string, at: string, part: Payment[]) =>
    recordPayments(at, part, key),
  )
  const parts = computed(() => partsOf(lines.value ?? []))
  const ticked = computed(() => parts.value.flat())

  async function upload(chosen: File): Promise<void> {
    lines.value = undefined
    file.value = chosen.name
    const matched = await matching.run(organisation(), chosen)
    if (!matched) return
    passedOver.value = Number(matched.passed_over)
    unread.value = matched.unread
    lines.value = linesOf(matched)
  }

  function close(): void {
    lines.value = undefined
    file.value = ''
    matching.clear()
  }

  async function undo(done: readonly Line[]): Promise<void> {
    for (const line of done) {
      try {
        for (const payment of line.done) await withdrawPayment(payment)
        line.done = []
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        toasts.add('failed', problemText(error))
      }
    }
  }

  async function record(): Promise<void> {
    const done = new Set<Line>()
    for (const { line } of ticked.value) line.refused = []
    for (const part of parts.value) {
      const answer = await recording.run(
        organisation(),
        part.map(({ payment }) => payment),
      )
      if (!answer) break
      for (const [index, { outcome, refusal }] of answer.items.entries()) {
        const entry = part[index]
        if (!entry) continue
        const { month } = entry.payment
        if (refusal) entry.line.refused.push(refusal[language()])
        else if (outcome === 'unchanged') {
          // Known by person, month, day and amount: the second of two rows alike is no payment yet.
          const said = { month: format.value.month(month) }
          entry.line.refused.push(t('dues.statement_stands', said))
        } else if (outcome) {
          entry.line.done.push(entry.payment)
          done.add(entry.line)
        }
      }
    }
    if (done.size === 0) return
    toasts.add('done', t('dues.statement_recorded', { count: format.value.number(done.size) }), {
      text: t('dues.undo'),
      run: () => void undo([...done]),
    })
  }
  return { lines, passedOver, unread, file, matching, recording, ticked, upload, close, record }
}
