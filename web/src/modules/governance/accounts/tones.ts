// How a state looks, beside its word.

import type { AccountState } from './accounts'

const TONES = { active: 'good', invited: 'plain', disabled: 'bad' } as const

export function toneOf(state: AccountState): 'good' | 'plain' | 'bad' {
  return TONES[state]
}
