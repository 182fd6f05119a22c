// The files that were chosen and not yet sent: they stay chosen when the page is left.

import { ref, shallowRef } from 'vue'

export const chosenFiles = shallowRef<readonly File[]>([])
export const chosenSource = ref('')

export function forgetChosen(): void {
  chosenFiles.value = []
  chosenSource.value = ''
}
