// Reading a whole list for paper, up to a limit.

/** So many rows make some sixty pages; more are taken along as a file. */
export const MOST_PRINTED = 2000

interface Part<Row> {
  items: Row[]
  next: string | null
}

/** All rows up to `most`; `cut` says that there are more. */
export async function readUpTo<Row>(
  read: (after: string | undefined) => Promise<Part<Row>>,
  most: number,
): Promise<{ rows: Row[]; cut: boolean }> {
  const rows: Row[] = []
  let after: string | undefined
  do {
    const part = await read(after)
    rows.push(...part.items)
    after = part.next ?? undefined
  } while (after !== undefined && rows.length < most)
  return { rows: rows.slice(0, most), cut: after !== undefined || rows.length > most }
}
