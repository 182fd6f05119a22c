// The row that was opened is kept in this entry of the browser's history, so that back leads to it.

import { nextTick, watch } from 'vue'

interface Kept {
  row?: string
}

/** `focus` is called once, when the first rows are there, with the row that was opened before. */
export function useLastRow(
  rows: () => readonly unknown[],
  focus: (id: string) => Promise<void> | undefined,
) {
  const wanted = (history.state as Kept | null)?.row
  const stop = watch(rows, async (now) => {
    if (now.length === 0) return
    stop()
    await nextTick()
    if (wanted) await focus(wanted)
  })
  return (id: string) => history.replaceState({ ...history.state, row: id }, '')
}
