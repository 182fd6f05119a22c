// Where a value comes from, and since when, in a sentence.

import type { Format } from '@/lib/format'
import type { ArchiveField } from './archive'

type Say = (key: string, named?: Record<string, string>) => string

/** The source under which the server keeps what a person enters or decides. */
export const BY_HAND = 'manual'

export function sourceWords(
  field: Pick<ArchiveField, 'source' | 'since_ms'>,
  t: Say,
  format: Format,
): string {
  const when = Number(field.since_ms) > 0 ? format.moment(field.since_ms) : ''
  if (field.source === BY_HAND && when) return t('dossier.by_hand', { when })
  if (!field.source) return t('dossier.source_untold')
  if (when) return t('dossier.from_source', { source: field.source, when })
  return t('dossier.from_first', { source: field.source })
}
