// The account that is shown, and what is recorded in it, each with the way back.

import { useLive } from '@/api/events'
import { useCommand } from '@/api/useCommand'
import { useLoad, usePages } from '@/api/useLoad'
import { problemText } from '@/lib/problemText'
import { useTexts } from '@/lib/texts'
import { useToasts } from '@/lib/toasts'
import {
  grouped,
  readBelow,
  readBook,
  readEntries,
  readLargeSums,
  withdrawEntry,
  type Entry,
  type Place,
} from './books'

export function useBook(place: () => Place | undefined) {
  const { t } = useTexts()
  const toasts = useToasts()
  const book = useLoad(place, readBook)
  const entries = usePages(place, readEntries)
  const below = usePages(place, readBelow)
  const large = usePages(place, readLargeSums)
  const withdrawing = useCommand(withdrawEntry)

  async function reload(): Promise<void> {
    await Promise.all([book.reload(), entries.reload(), below.reload(), large.reload()])
  }
  useLive(
    (fact) => fact.kind.startsWith('dues.'),
    () => void reload(),
  )

  async function withdraw(organisation: string, entry: string, amount?: string): Promise<void> {
    if (await withdrawing.run(organisation, entry)) {
      toasts.add('done', amount ? t('dues.entry_withdrawn', { amount }) : t('dues.entry_undone'))
      await reload()
    } else if (withdrawing.problem.value) {
      toasts.add('failed', problemText(withdrawing.problem.value))
    }
  }
  /** Told, with the way back at hand. */
  async function recorded(organisation: string, entry: string): Promise<void> {
    toasts.add('done', t('dues.entry_recorded'), {
      text: t('dues.undo'),
      run: () => void withdraw(organisation, entry),
    })
    await reload()
  }
  const takeBack = (organisation: string, entry: Entry) =>
    withdraw(organisation, entry.entry, grouped(entry.amount))
  return { book, entries, below, large, withdrawing, recorded, takeBack, reload }
}
