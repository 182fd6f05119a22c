// The grid of dues: members by months, what is paid, what is due, and what is typed.

export interface Payment {
  person: string
  /** `2026-10` */
  month: string
  cents: number
  paidOn: string
}

export interface GridMember {
  person: string
  name: string
  number: string
  joined: string
  /** Where the member belongs: the grid of a committee shows those of all its branches. */
  organisation: string
  organisation_name: string
  status: string
  payments: Payment[]
  /** What is due by the yearly base, of the months for which one is on record. */
  due: Due[]
}

export interface Due {
  month: string
  cents: number
}

export interface Cell {
  /** closed: unpaid, and too long ago to be paid now. */
  state: 'paid' | 'part' | 'due' | 'closed' | 'none'
  payments: Payment[]
  /** What was paid, or what is due: by the base, else as the person paid the last time. */
  cents: number | undefined
  /** What is left to pay of a month that was paid in part. */
  left?: number
  /** Whether an amount may be typed. */
  open: boolean
}

/** So many months may be paid afterwards, as the server holds it (中组发〔2008〕3号). */
export const MONTHS_AFTERWARDS = 6

const two = (value: number) => String(value).padStart(2, '0')

/** The month some months later (or earlier, by a negative number). */
export function addMonths(month: string, by: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by
  return `${Math.floor(index / 12)}-${two((index % 12) + 1)}`
}

/** The last months up to and with one, the earliest first. */
export function monthsUntil(last: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => addMonths(last, index - count + 1))
}

/** Ahead dues are paid to the end of the year, as the server holds it. */
export const lastMonth = (now: string): string => `${now.slice(0, 4)}-12`

/** The years that months lie in, each by its first month, and how many of them are of it. */
export function yearsOf(months: readonly string[]): { month: string; months: number }[] {
  const years: { month: string; months: number }[] = []
  for (const month of months) {
    const last = years.at(-1)
    if (last?.month.slice(0, 4) === month.slice(0, 4)) last.months += 1
    else years.push({ month, months: 1 })
  }
  return years
}

export function isMonth(text: unknown): text is string {
  return typeof text === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(text)
}

export function yuan(cents: number): string {
  return (cents / 100).toFixed(2)
}

/** The amount typed, in cents; undefined for what is none: nothing, less than a cent, no number. */
export function centsOf(text: string): number | undefined {
  const plain = text.normalize('NFKC').replaceAll(/[\s,\u00a5\u5143]/g, '')
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(plain)) return undefined
  const cents = Math.round(Number(plain) * 100)
  return cents > 0 ? cents : undefined
}

/** What a person paid the last time before a month: what is due where no base is on record. */
function usualCents(payments: readonly Payment[], month: string): number | undefined {
  let last: Payment | undefined
  for (const one of payments) {
    if (one.month > month) continue
    if (!last || one.month > last.month) last = one
  }
  return last?.cents
}

/** The first month that anybody paid for, by organisation. */
export function openedOf(
  members: readonly Pick<GridMember, 'organisation' | 'payments'>[],
): Map<string, string> {
  const opened = new Map<string, string>()
  for (const { organisation, payments } of members)
    for (const { month } of payments) {
      const known = opened.get(organisation)
      if (!known || month < known) opened.set(organisation, month)
    }
  return opened
}

/**
 * `opened`: the first month that anybody of the branch paid for; before it nothing was kept.
 * `earliest`: the first month that can still be paid.
 */
export function cellOf(
  member: Pick<GridMember, 'joined' | 'payments' | 'status' | 'due'>,
  month: string,
  opened: string,
  earliest = '',
): Cell {
  const { payments } = member
  const fixed = member.due.find((one) => one.month === month)?.cents
  const pays = member.status === 'normal' && month >= member.joined.slice(0, 7)
  const open = month >= earliest
  const paid = payments.filter((one) => one.month === month)
  if (paid.length > 0) {
    const cents = paid.reduce((sum, one) => sum + one.cents, 0)
    if (pays && fixed !== undefined && cents < fixed)
      return { state: 'part', payments: paid, cents, left: fixed - cents, open }
    return { state: 'paid', payments: paid, cents, open: false }
  }
  // Who is freed of dues owes nothing for the month.
  const none = fixed === undefined ? month < opened : fixed === 0
  if (!pays || none) return { state: 'none', payments: [], cents: undefined, open: false }
  const cents = fixed ?? usualCents(payments, month)
  return { state: open ? 'due' : 'closed', payments: [], cents, open }
}

/** What is to be paid for a month, as far as that is known. */
export function owedIn(cell: Cell): number | undefined {
  return cell.state === 'part' ? cell.left : cell.cents
}

/** By how much what is typed comes to more than the base asks for: it counts as given freely. */
export function moreThanDue(
  members: readonly Pick<GridMember, 'person' | 'name' | 'payments' | 'due'>[],
  typed: Readonly<Record<string, string>>,
): { key: string; name: string; month: string; cents: number }[] {
  return members.flatMap(({ person, name, payments, due }) =>
    due.flatMap(({ month, cents: fixed }) => {
      const key = cellKey(person, month)
      const given = centsOf(typed[key] ?? '')
      if (given === undefined) return []
      const before = payments.filter((one) => one.month === month)
      const cents = before.reduce((sum, one) => sum + one.cents, given) - fixed
      return cents > 0 ? [{ key, name, month, cents }] : []
    }),
  )
}

export function cellKey(person: string, month: string): string {
  return `${person}/${month}`
}

/** What was copied from a sheet: rows of cells. */
export function cellsOfPaste(text: string): string[][] {
  const MOST_ROWS = 500
  const rows = text.replaceAll('\r', '').replace(/\n$/, '').split('\n').slice(0, MOST_ROWS)
  return rows.map((row) => row.split('\t').map((cell) => cell.trim()))
}

export interface GridDraft {
  cells: Record<string, string>
  paidOn: string
}

export function isGridDraft(value: unknown): value is GridDraft {
  const one = value as Partial<GridDraft> | null
  return (
    typeof one?.paidOn === 'string' &&
    typeof one.cells === 'object' &&
    one.cells !== null &&
    Object.values(one.cells).every((cell) => typeof cell === 'string')
  )
}

/** So many are recorded by one command. */
const MOST_ITEMS = 500

/** What is typed, in parts that one command takes. */
export function inParts<Item>(items: readonly Item[], most = MOST_ITEMS): Item[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, part) =>
    items.slice(part * most, (part + 1) * most),
  )
}

/** The cell to which a key leads from a field; undefined where it stays with the field. */
export function moveBy(key: string, atStart: boolean, atEnd: boolean) {
  if (key === 'ArrowDown' || key === 'Enter') return { row: 1, column: 0 }
  if (key === 'ArrowUp') return { row: -1, column: 0 }
  if (key === 'ArrowRight' && atEnd) return { row: 0, column: 1 }
  if (key === 'ArrowLeft' && atStart) return { row: 0, column: -1 }
  return undefined
}
