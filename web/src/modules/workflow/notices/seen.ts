// Up to which notice this person has looked, kept in this browser: the server notes of nobody what
// they have read.

import { keep, kept } from '@/lib/kept'

const keyOf = (account: string) => `jishi.notices.${account}`

export function seenUntil(account: string): number {
  return Number(kept(keyOf(account))) || 0
}

export function keepSeen(account: string, ms: number): void {
  if (ms > seenUntil(account)) keep(keyOf(account), String(ms))
}
