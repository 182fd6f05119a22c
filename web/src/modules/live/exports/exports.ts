// Lists as files: asked for, made in the background, fetched.

import { api, ask } from '@/api/api'
import type { Job } from '../jobs/useJob'

export type Format = 'xlsx' | 'csv'

/** A column that is masked in the list and goes along for a purpose only. */
export interface PersonalColumn {
  id: string
  text: string
}

/** As the server counts a purpose, in signs. */
export const LEAST_PURPOSE = 4
export const MOST_PURPOSE = 200

export interface Wanted {
  list: string
  format: Format
  personal: string[]
  purpose: string
}

export function submit(wanted: Wanted): Promise<Job> {
  const { personal, purpose, ...plain } = wanted
  const body = personal.length > 0 ? { ...plain, personal, purpose } : plain
  return ask(api.POST('/api/v1/exports', { body }))
}

export const fileOf = (job: string) => `/api/v1/jobs/${job}/file`

/**
 * The address of a list with its filters: what is empty is left out, and what only turns pages.
 * `listAddress('/api/v1/organisations/7/members', { sex: 'female', limit: 50 })`
 */
export function listAddress(
  path: string,
  query: Record<string, string | number | boolean | null | undefined>,
): string {
  const kept = Object.entries(query).filter(
    ([name, value]) =>
      value !== undefined && value !== null && value !== '' && name !== 'limit' && name !== 'after',
  )
  const filters = new URLSearchParams(kept.map(([name, value]) => [name, String(value)]))
  return kept.length > 0 ? `${path}?${filters.toString()}` : path
}
