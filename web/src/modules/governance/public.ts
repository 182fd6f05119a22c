// What other modules may use of this one.

import { loadTexts } from '@/lib/texts'
import { wordsOf, type Word } from './roles/words'

/** Permissions in words, with the texts that the words are keys of. */
export async function permissionWords(permissions: readonly string[]): Promise<Word[]> {
  await loadTexts('governance')
  return wordsOf(permissions)
}
