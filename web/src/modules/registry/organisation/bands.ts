// The structure of an organisation's members as charts and tables: what the server counted, in the
// order of its code tables, with the lists behind the figures where a list has such a filter.

export interface Band {
  dimension: string
  band: string
  members: string
}

export interface Dimension {
  id: string
  /** The code table with its words. */
  set: string
  bands: { code: string; members: number }[]
  all: number
}

/** Dimensions whose words stand in a table of another name. */
const SETS: Record<string, string> = {
  age: 'age_band',
  education: 'education_band',
  stage: 'member_stage',
}
/** The order that reports have; what is new to us comes behind. */
const ORDER = ['sex', 'age', 'education', 'occupation', 'joined_period', 'ethnic_group', 'stage']

export function setOf(dimension: string): string {
  return SETS[dimension] ?? dimension
}

/** `order` gives the codes of a table in its order. */
export function dimensionsOf(
  bands: readonly Band[],
  order: (set: string) => readonly string[],
): Dimension[] {
  const found = new Map<string, Dimension>()
  for (const { dimension, band, members } of bands) {
    const set = setOf(dimension)
    const one = found.get(dimension) ?? { id: dimension, set, bands: [], all: 0 }
    one.bands.push({ code: band, members: Number(members) })
    one.all += Number(members)
    found.set(dimension, one)
  }
  const rank = (list: readonly string[], value: string) => {
    const at = list.indexOf(value)
    return at < 0 ? list.length : at
  }
  for (const one of found.values()) {
    const codes = order(one.set)
    one.bands.sort((a, b) => rank(codes, a.code) - rank(codes, b.code))
  }
  return [...found.values()].sort((a, b) => rank(ORDER, a.id) - rank(ORDER, b.id))
}

/** The day a number of years before another. */
function yearsBefore(day: string, years: number): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const last = new Date(Date.UTC(Number(year) - years, Number(month), 0)).getUTCDate()
  const two = (value: number) => String(value).padStart(2, '0')
  return `${Number(year) - years}-${month}-${two(Math.min(Number(date), last))}`
}

function dayAfter(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + 1)
  return at.toISOString().slice(0, 10)
}

/** The filters of the list of members that take a band as it is. */
const BANDED: Record<string, string> = {
  education: 'education_band',
  occupation: 'occupation_band',
  ethnic_group: 'ethnic_group',
}

/** The filter of the list of members behind a band; undefined where that list has none. */
export function filterOf(
  dimension: string,
  band: string,
  asOf: string,
): Record<string, string> | undefined {
  if (dimension === 'sex' || dimension === 'stage') return { [dimension]: band, status: 'normal' }
  const filter = BANDED[dimension]
  if (filter) return { [filter]: band, status: 'normal' }
  if (dimension !== 'age') return undefined
  const ages = /^(\d+)_(?:(\d+)|or_(less|more))$/.exec(band)
  if (!ages) return undefined
  const [, first = '', second, open] = ages
  // Who is 35 turns 36 a year later at the latest.
  const youngest = open === 'less' ? undefined : Number(first)
  const oldest = open === 'more' ? undefined : Number(second ?? first)
  return {
    status: 'normal',
    ...(oldest === undefined ? {} : { born_from: dayAfter(yearsBefore(asOf, oldest + 1)) }),
    ...(youngest === undefined ? {} : { born_to: yearsBefore(asOf, youngest) }),
  }
}
