// The account of dues of an organisation and a year: what is read and what is recorded.

import { api, ask, type Page, type Shape } from '@/api/api'

export type Book = Shape<'dues.DuesBook'>
export type Figures = Shape<'dues.BookFigures'>
export type Entry = Shape<'dues.BookEntry'>
export type Below = Shape<'dues.BookBelow'>
export type LargeSum = Shape<'dues.LargeSum'>
export type Published = Shape<'dues.PublishedAccount'>

export interface Place {
  organisation: string
  year: number
}

const A_PAGE = 100
const NOBODY = '0'

export const CATEGORIES = ['training', 'materials', 'honours', 'hardship', 'disaster'] as const
export type Category = (typeof CATEGORIES)[number]
export type NewKind = 'remitted' | 'used' | 'opening'

/** What is typed of an entry. */
export interface Draft {
  kind: NewKind
  year: number
  amount: string
  on: string
  category: string
  purpose: string
}

/** No organisation has set its share: the pack's default holds. */
export const isDefault = (book: Book) => book.upward.set_by === NOBODY

/** `1234567.05` as `1,234,567.05`: to the cent, as it came. */
export function grouped(amount: string): string {
  return amount.replace(/\B(?=(\d{3})+\.)/g, ',')
}

export const isNothing = (amount: string) => Number(amount) === 0

const pathOf = (place: Place) => ({ organisation: place.organisation })

export function readBook(place: Place, signal: AbortSignal): Promise<Book> {
  const params = { path: pathOf(place), query: { year: place.year } }
  return ask(api.GET('/api/v1/organisations/{organisation}/dues-book', { params, signal }))
}

function paged(place: Place, after: string | undefined) {
  const query = { year: place.year, limit: A_PAGE, ...(after && { after }) }
  return { path: pathOf(place), query }
}

export function readEntries(
  place: Place,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<Entry>> {
  const params = paged(place, after)
  return ask(api.GET('/api/v1/organisations/{organisation}/dues-book/entries', { params, signal }))
}

export function readBelow(
  place: Place,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<Below>> {
  const params = paged(place, after)
  return ask(api.GET('/api/v1/organisations/{organisation}/dues-book/below', { params, signal }))
}

export function readLargeSums(
  place: Place,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<LargeSum>> {
  const params = paged(place, after)
  return ask(
    api.GET('/api/v1/organisations/{organisation}/dues-book/large-sums', { params, signal }),
  )
}

export function readPublished(
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<Published>> {
  const query = { limit: A_PAGE, ...(after && { after }) }
  return ask(api.GET('/api/v1/dues-publications', { params: { query }, signal }))
}

export function recordEntry(key: string, organisation: string, draft: Draft) {
  const params = { path: { organisation }, header: { 'Idempotency-Key': key } }
  const { kind, year, amount, on, category, purpose } = draft
  const book = '/api/v1/organisations/{organisation}/dues-book' as const
  if (kind === 'remitted')
    return ask(api.POST(`${book}/remittances`, { params, body: { year, amount, on } }))
  if (kind === 'opening')
    return ask(api.POST(`${book}/openings`, { params, body: { year, amount } }))
  return ask(api.POST(`${book}/uses`, { params, body: { amount, category, purpose, on } }))
}

export function withdrawEntry(key: string, organisation: string, entry: string) {
  const params = { path: { organisation }, header: { 'Idempotency-Key': key } }
  return ask(
    api.POST('/api/v1/organisations/{organisation}/dues-book/withdrawals', {
      params,
      body: { entry },
    }),
  )
}

export function publishBook(key: string, place: Place) {
  const params = { path: pathOf(place), header: { 'Idempotency-Key': key } }
  return ask(
    api.POST('/api/v1/organisations/{organisation}/dues-book/publications', {
      params,
      body: { year: place.year },
    }),
  )
}

export interface Line {
  id: keyof Figures
  /** How far it is set in: part of the line above. */
  part?: boolean
  sum?: boolean
}

/** The account as it is told: what came in, what went out, what is left. What is nothing and part
 * of something else is left out. */
export function linesOf(figures: Figures, top: boolean): { title: string; lines: Line[] }[] {
  const uses = CATEGORIES.map((one) => `used_${one}` as const)
  const told = (lines: Line[]) => lines.filter((line) => !line.part || !isNothing(figures[line.id]))
  const groups = [
    {
      title: 'collected',
      lines: told([
        { id: 'collected', sum: true },
        { id: 'large', part: true },
      ]),
    },
    {
      title: 'upward',
      lines: told([{ id: 'due' }, { id: 'remitted' }, { id: 'missing' }, { id: 'kept' }]),
    },
    {
      title: 'cash',
      lines: told([
        { id: 'carried' },
        { id: 'own' },
        { id: 'received' },
        { id: 'remitted' },
        { id: 'used' },
        ...uses.map((id): Line => ({ id, part: true })),
        { id: 'balance', sum: true },
      ]),
    },
  ]
  return top ? groups.filter(({ title }) => title !== 'upward') : groups
}
