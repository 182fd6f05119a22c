// What other parts of the workbench may use of this module.

import { defineAsyncComponent } from 'vue'
import { loadTexts } from '@/lib/texts'

export { default as SignInForm } from './sign_in/SignInForm.vue'

/** Who looked as this account would, and as whom it looked. */
export const SightList = defineAsyncComponent(async () => {
  await loadTexts('identity') // not on a page of this module
  return import('./account/SightList.vue')
})

/** The page around what is read without signing in: name, language, one card. */
export const OpenFrame = defineAsyncComponent(async () => {
  await loadTexts('identity') // not on a page of this module
  return import('./sign_in/SignInFrame.vue')
})
