// Receipts for dues, as they are listed under an account and printed.

import { api, ask, type Shape } from '@/api/api'

export type Receipts = Shape<'dues.Receipts'>
export type Receipt = Shape<'dues.Receipt'>

export function readReceipts(person: string, year: number, signal: AbortSignal): Promise<Receipts> {
  const params = { path: { person }, query: { year } }
  return ask(api.GET('/api/v1/persons/{person}/receipts', { params, signal }))
}

/** Where the receipt is shown by itself: found again by its number among those of the year. */
export const receiptAddress = (person: string, year: number, receipt: Receipt) => ({
  name: 'dues.receipt',
  params: { id: person, number: receipt.number },
  query: { year: String(year) },
})

/** Months that follow each other are told as a span: the first and the last of each. */
export function spansOf(receipt: Pick<Receipt, 'months'>): { from: string; to: string }[] {
  const spans: { from: string; to: string }[] = []
  const after = (month: string) =>
    month.endsWith('-12')
      ? `${Number(month.slice(0, 4)) + 1}-01`
      : `${month.slice(0, 5)}${String(Number(month.slice(5)) + 1).padStart(2, '0')}`
  for (const { month } of receipt.months) {
    const last = spans.at(-1)
    if (last?.to === month) continue
    if (last && after(last.to) === month) last.to = month
    else spans.push({ from: month, to: month })
  }
  return spans
}
