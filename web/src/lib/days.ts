// Days as people type them.

/** Whether there is such a day in the calendar. */
function exists(year: number, month: number, day: number): boolean {
  const at = new Date(Date.UTC(year, month - 1, day))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day
}

function written(year: number, month: number, day: number): string | undefined {
  if (year < 1000 || !exists(year, month, day)) return undefined
  const two = (value: number) => String(value).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}`
}

/**
 * A day as the API writes it, from `2026-6-3`, `2026/06/03`, `2026.6.3`, `20260603`, `2026年6月3日`,
 * or without the year (that of `today`): `6-3`, `6月3日`. Undefined for what is no day.
 */
export function readDay(text: string, today: string): string | undefined {
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '')
  const whole = /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  const parts = whole ?? /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain)
  if (!parts) return undefined
  const year = Number(parts[1] ?? today.slice(0, 4))
  return written(year, Number(parts[2]), Number(parts[3]))
}

/** The day some days later (or earlier, by a negative number). */
export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
