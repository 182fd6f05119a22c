// A filter in words: `学历：大学本科毕业`.

import type { Format } from '@/lib/format'
import type { Codes } from '../codes'
import type { Filter } from './query'

type Say = (key: string, named: Record<string, string>) => string

export function filterWords(
  filter: Filter,
  value: string,
  codes: Codes,
  t: Say,
  format: Format,
): string {
  switch (filter) {
    case 'born_from':
    case 'born_to':
    case 'joined_from':
    case 'joined_to':
      return t(`dossier.set_${filter}`, { day: format.day(value) })
    case 'name':
      return t('dossier.set_name', { text: value })
    default:
      return t(`dossier.set_${filter}`, { text: codes.label(filter, value) })
  }
}
