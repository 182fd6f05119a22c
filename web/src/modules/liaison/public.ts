// What other modules may take from this one.

import { defineAsyncComponent } from 'vue'
import { loadTexts } from '@/lib/texts'

/**
 * `<Discussion about="case" :object="id" />`: what those who see an object say of it; closed, and
 * read only when it is opened.
 */
export const Discussion = defineAsyncComponent(async () => {
  // The texts, too: this is not on a page of this module.
  const [component] = await Promise.all([
    import('./discussion/Discussion.vue'),
    loadTexts('liaison'),
  ])
  return component
})

/** `<MentionItem :mention="one" fresh />`: a note that mentions this person, as a notice. */
export const MentionItem = defineAsyncComponent(async () => {
  const [component] = await Promise.all([
    import('./discussion/MentionItem.vue'),
    loadTexts('liaison'),
  ])
  return component
})

export { readMentions, type Mention } from './discussion/mentions'
