// Saving what is typed and taking back what was saved, told with a way back.

import { Problem } from '@/lib/problem'
import { problemText } from '@/lib/problemText'
import { useTexts } from '@/lib/texts'
import { useToasts } from '@/lib/toasts'
import type { Payment } from './grid'
import { withdrawPayment } from './reads'
import type { useEntries } from './useEntries'

export function useSave(
  entries: ReturnType<typeof useEntries>,
  tell: (payment: Payment, gone: boolean) => void,
) {
  const { t, format } = useTexts()
  const toasts = useToasts()

  async function withdraw(payment: Payment): Promise<boolean> {
    try {
      await withdrawPayment(payment)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      toasts.add('failed', problemText(error))
      return false
    }
    tell(payment, true)
    return true
  }
  /** What was saved by mistake comes back into the grid. */
  async function undo(saved: readonly Payment[]): Promise<void> {
    for (const payment of saved) {
      if (!(await withdraw(payment))) continue
      entries.enter(payment.person, payment.month, (payment.cents / 100).toFixed(2))
    }
  }
  async function save(): Promise<void> {
    const saved = await entries.save()
    for (const payment of saved) tell(payment, false)
    if (saved.length === 0) return
    toasts.add('done', t('dues.saved', { count: format.value.number(saved.length) }), {
      text: t('dues.undo'),
      run: () => void undo(saved),
    })
  }
  return { save, withdraw }
}
