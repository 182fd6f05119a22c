// Dates, times and numbers as people of either language write them. Days are `2026-06-30`, moments
// milliseconds since 1970 as the API gives them, amounts decimal texts.

export type Language = 'zh' | 'en'

const LOCALE: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' }
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const MS_A_DAY = 86_400_000

/** A day as a moment of UTC, so that no time zone moves it; undefined for what is no day. */
function utcOf(day: string): number | undefined {
  const parts = DAY.exec(day)
  if (!parts) return undefined
  return Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
}

/** Whole days from one day to another; negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round(((utcOf(to) ?? Number.NaN) - (utcOf(from) ?? Number.NaN)) / MS_A_DAY)
}

/** China's clock, on which due dates and the server's days run, wherever the browser is. */
const CLOCK = 'Asia/Shanghai'
const AHEAD_MS = 8 * 3_600_000 // no summer time since 1991

/** The day in China at a moment, as the API writes days. */
export function today(now: number = Date.now()): string {
  return new Date(now + AHEAD_MS).toISOString().slice(0, 10)
}

export interface Format {
  /** `2026-06-30` and `30 Jun 2026`: for tables. */
  day: (day: string | null | undefined) => string
  /** `2026年6月30日` and `30 June 2026`: in sentences. */
  longDay: (day: string | null | undefined) => string
  /** `2026年6月` and `June 2026`, of `2026-06` or a day. */
  month: (month: string) => string
  /** `10月` and `Oct`, of `2026-10`: where the year stands beside it. */
  shortMonth: (month: string) => string
  /** `2026年` and `2026`, of `2026-10` or a day. */
  year: (month: string) => string
  /** A moment, to the minute, on China's clock. */
  moment: (ms: string | number) => string
  /** `3天后`, `昨天`, `yesterday`; of days. */
  away: (day: string, from?: string) => string
  /** With thousands separators; of 64-bit numbers, too. */
  number: (value: string | number | bigint) => string
  /** Of a share between 0 and 1. */
  percent: (share: number) => string
}

export function formatOf(language: Language): Format {
  const locale = LOCALE[language]
  const written = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  const short = written({ year: 'numeric', month: 'short', day: 'numeric' })
  const long = written({ year: 'numeric', month: 'long', day: 'numeric' })
  const month = written({ year: 'numeric', month: 'long' })
  const shortMonth = written({ month: 'short' })
  const year = written({ year: 'numeric' })
  const moment = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: CLOCK,
  })
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

  /** What is no day is shown as it is: the archive keeps what people wrote. */
  const dayIn = (style: Intl.DateTimeFormat) => (day: string | null | undefined) => {
    if (!day) return ''
    const at = utcOf(day)
    return at === undefined ? day : style.format(at)
  }

  /** Of the month that a text begins with. */
  const monthIn = (style: Intl.DateTimeFormat) => (text: string) => {
    const at = utcOf(`${text.slice(0, 7)}-01`)
    return at === undefined ? text : style.format(at)
  }

  return {
    day: language === 'zh' ? (day) => day ?? '' : dayIn(short),
    longDay: dayIn(long),
    month: monthIn(month),
    shortMonth: monthIn(shortMonth),
    year: monthIn(year),
    moment: (ms) => moment.format(Number(ms)),
    away: (day, from = today()) => {
      const days = daysBetween(from, day)
      return Number.isNaN(days) ? day : relative.format(days, 'day')
    },
    number: (value) => number.format(typeof value === 'string' ? readNumber(value) : value),
    percent: (share) => percent.format(share),
  }
}

/** Exact for 64-bit integers; amounts have decimals and are smaller. */
function readNumber(text: string): number | bigint {
  return /^-?\d+$/.test(text) ? BigInt(text) : Number(text)
}
