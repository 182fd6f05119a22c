// The columns of the list of members.

import type { Format } from '@/lib/format'
import type { Column } from '@/ui/table'
import type { Codes } from '../codes'
import type { Row } from './members'
import type { MembersQuery } from './query'

/** Days that are known to the month or the year only. */
export function birthText(row: Pick<Row, 'birth' | 'birth_precision'>, format: Format): string {
  if (!row.birth) return ''
  if (row.birth_precision === 'year') return row.birth.slice(0, 4)
  if (row.birth_precision === 'month') return row.birth.slice(0, 7)
  return format.day(row.birth)
}

/** Under which name the choice of columns is kept. */
export function tableOf(asked: MembersQuery): string {
  return asked.on ? 'members-of-a-day' : 'members'
}

/** The fields of a file that shows what the columns show. */
export function fieldsOf(columns: readonly Column<Row>[], hidden: readonly string[]): string[] {
  return columns
    .filter((column) => !hidden.includes(column.id))
    .map((column) => (column.id === 'organisation' ? 'organisation_name' : column.id))
}

export function columnsOf(
  asked: MembersQuery,
  codes: Codes,
  t: (key: string) => string,
  format: Format,
): Column<Row>[] {
  const sortable = !asked.on
  const code = (field: 'sex' | 'ethnic' | 'education' | 'stage' | 'status', hidden = false) => ({
    id: field,
    header: t(`dossier.field_${field}`),
    text: (row: Row) => codes.label(field, row[field] ?? ''),
    hidden,
  })
  const name: Column<Row> = {
    id: 'name',
    header: t('dossier.field_name'),
    text: (row) => row.name,
    sortable: true,
    rowHeader: true,
    width: '7em',
  }
  const number: Column<Row> = {
    id: 'number',
    header: t('dossier.field_number'),
    text: (row) => row.number,
    sortable: true,
  }
  const organisation: Column<Row> = {
    id: 'organisation',
    header: t('dossier.field_organisation'),
    text: (row) => row.organisation_name,
    sortable,
    width: '16em',
  }
  if (asked.on) return [name, number, code('stage'), code('status'), organisation]
  return [
    name,
    code('sex'),
    {
      id: 'birth',
      header: t('dossier.field_birth'),
      text: (row) => birthText(row, format),
      sortable,
      width: '7.5em',
    },
    code('ethnic', true),
    code('education', true),
    code('stage'),
    {
      id: 'joined',
      header: t('dossier.field_joined'),
      text: (row) => format.day(row.joined),
      sortable,
      width: '7.5em',
    },
    code('status'),
    number,
    organisation,
  ]
}
