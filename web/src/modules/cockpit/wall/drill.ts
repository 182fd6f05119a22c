// Where a figure leads: the list that has as many rows as the figure says.

import type { LocationQueryRaw, RouteLocationRaw } from 'vue-router'
import { addDays } from '@/lib/days'
import { addMonths } from './months'

export function members(organisation: string, filters: LocationQueryRaw = {}): RouteLocationRaw {
  return { path: '/members', query: { organisation, status: 'normal', ...filters } }
}

export function lights(organisation: string, filters: LocationQueryRaw = {}): RouteLocationRaw {
  return { path: '/lights', query: { at: organisation, ...filters } }
}

export function activities(organisation: string, from: string, to: string): RouteLocationRaw {
  return { path: '/activities', query: { at: organisation, from, to } }
}

export function organisation(id: string): RouteLocationRaw {
  return `/organisations/${id}`
}

const AGES: Record<string, readonly [from: number, to: number]> = {
  '30_or_less': [0, 30],
  '31_35': [31, 35],
  '36_40': [36, 40],
  '41_45': [41, 45],
  '46_50': [46, 50],
  '51_55': [51, 55],
  '56_60': [56, 60],
  '61_or_more': [61, Number.POSITIVE_INFINITY],
}
/** As rollups/structure.sql cuts them. */
const JOINED: Record<string, { joined_from?: string; joined_to?: string }> = {
  before_1949_10: { joined_to: '1949-09-30' },
  '1949_10_to_1978_12': { joined_from: '1949-10-01', joined_to: '1978-12-17' },
  '1978_12_to_2012_11': { joined_from: '1978-12-18', joined_to: '2012-11-07' },
  since_2012_11: { joined_from: '2012-11-08' },
}

/** Dimensions whose bands the list knows as they are. */
const BANDED: Record<string, string> = {
  education: 'education_band',
  occupation: 'occupation_band',
  ethnic_group: 'ethnic_group',
}

/** Birthdays of those who are so many whole years old on a day. */
export function bornOfAge(band: string, on: string): { born_from?: string; born_to?: string } {
  const years = AGES[band]
  if (!years) return {}
  const [least, most] = years
  const born: { born_from?: string; born_to?: string } = {}
  if (Number.isFinite(most)) born.born_from = addDays(addMonths(on, -12 * (most + 1)), 1)
  if (least > 0) born.born_to = addMonths(on, -12 * least)
  return born
}

/** The filters of the members' list for a band of the structure; undefined where it has none. */
export function filtersOf(
  dimension: string,
  band: string,
  on: string,
): LocationQueryRaw | undefined {
  if (dimension === 'sex' || dimension === 'stage') return { [dimension]: band }
  if (dimension === 'age' && AGES[band]) return bornOfAge(band, on)
  if (dimension === 'joined_period') return JOINED[band]
  const filter = BANDED[dimension]
  if (filter) return { [filter]: band }
  return undefined
}
