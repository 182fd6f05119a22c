/**
 * The number that a person typed, with separators and full-width digits as input methods give them;
 * undefined for what is none.
 */
export function readDecimal(text: string): number | undefined {
  const plain = text.normalize('NFKC').replaceAll(/[\s,]/g, '')
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined
}
