// Days as spreadsheets keep them: numbers, which a format makes days.

const MS_A_DAY = 86_400_000

/** Whether a number format shows days: one of the built-in ones, or one with a year or a day. */
export function isDayFormat(id: number, code: string | undefined): boolean {
  if (code !== undefined) return /[yd]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''))
  return (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
}

/** `2026-06-30`; undefined for what is no day. */
export function dayOfSerial(serial: number, since1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 1 || serial > 2_958_465) return undefined
  // The spreadsheet counts a 29 February 1900 that never was.
  const from = since1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30)
  return new Date(from + Math.floor(serial) * MS_A_DAY).toISOString().slice(0, 10)
}
