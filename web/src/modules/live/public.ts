// What other modules may take from this one: work in the background, as it goes on, and the button
// that takes a list along as a file.

import { defineAsyncComponent } from 'vue'
import { loadTexts } from '@/lib/texts'

export { isOver, useJob, type Job } from './jobs/useJob'
export { listAddress, type PersonalColumn } from './exports/exports'

/**
 * `<ExportButton :list="address" :personal="columns" />`: the address of a list with its filters, as
 * it is read; shown to whoever may take lists along.
 */
export const ExportButton = defineAsyncComponent(async () => {
  await loadTexts('live') // not on a page of this module
  return import('./exports/ExportButton.vue')
})
