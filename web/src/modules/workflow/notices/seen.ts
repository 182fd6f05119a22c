// Up to which notice this person has looked, kept in this browser: the server notes of nobody what
// they have read.

const keyOf = (account: string) => `jishi.notices.${account}`

export function seenUntil(account: string): number {
  try {
    return Number(localStorage.getItem(keyOf(account)) ?? 0) || 0
  } catch {
    return 0
  }
}

export function keepSeen(account: string, ms: number): void {
  try {
    if (ms > seenUntil(account)) localStorage.setItem(keyOf(account), String(ms))
  } catch {
    // Then all of them are new next time.
  }
}
