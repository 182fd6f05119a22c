// Saving what is typed and taking back what was saved, told with a way back.

import { Problem } from '@/lib/problem'
import { problemText } from '@/lib/problemText'
import { useTexts } from '@/lib/texts'
import { useToasts } from '@/lib/toasts'
import { yuan, type Payment } from './grid'
import { withdrawPayment } from './reads'
import type { useEntries } from './useEntries'

export function useSave(entries: ReturnType<typeof useEntries>, reload: () => Promise<void>) {
  const { t, format } = useTexts()
  const toasts = useToasts()

  async function takeBack(payment: Payment): Promise<boolean> {
    try {
      await withdrawPayment(payment)
      return true
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      toasts.add('failed', problemText(error))
      return false
    }
  }
  async function withdraw(payment: Payment): Promise<boolean> {
    const done = await takeBack(payment)
    if (done) await reload()
    return done
  }
  /** What was saved by mistake comes back into the grid; what was on record before stays there. */
  async function undo(saved: readonly Payment[]): Promise<void> {
    for (const payment of saved) {
      if (!(await takeBack(payment))) continue
      entries.enter(payment.person, payment.month, yuan(payment.cents))
    }
    await reload()
  }
  async function save(): Promise<void> {
    const { created, unchanged } = await entries.save(reload)
    if (unchanged > 0)
      toasts.add('told', t('dues.unchanged', { count: format.value.number(unchanged) }))
    if (created.length === 0) return
    toasts.add('done', t('dues.saved', { count: format.value.number(created.length) }), {
      text: t('dues.undo'),
      run: () => void undo(created),
    })
  }
  return { save, withdraw }
}
