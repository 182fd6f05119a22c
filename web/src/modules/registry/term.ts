// When the term of a leadership ends: years after the election, or the day it was extended to.

interface Term {
  elected: string | null
  term_years: number | null
  extended_to: string | null
}

/** `2026-06-30`; undefined where nobody wrote when it was elected, or for how long. */
export function termEnd(term: Term): string | undefined {
  if (term.extended_to) return term.extended_to
  if (!term.elected || !term.term_years) return undefined
  const year = Number(term.elected.slice(0, 4)) + term.term_years
  const day = term.elected.slice(4)
  // The 29th of February has no anniversary in most years.
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1
  return `${year}${day === '-02-29' && !leap ? '-02-28' : day}`
}
