// Mentions as they are typed: `@` and the beginning of a name.

/** What is typed of a mention where the caret stands; `from` is the place of its `@`. */
export interface Typed {
  from: number
  name: string
}

const MOST = 20

/** Nothing where no mention is being typed, as within an address of mail. */
export function typedAt(text: string, caret: number): Typed | undefined {
  const from = text.lastIndexOf('@', caret - 1)
  if (from < 0 || caret - from - 1 > MOST) return undefined
  const name = text.slice(from + 1, caret)
  if (/\s/.test(name) || /[\w.]$/.test(text.slice(0, from))) return undefined
  return { from, name }
}

/** The text with the whole name in the place of what was typed, and where the caret is then. */
export function completed(text: string, typed: Typed, name: string) {
  const after = text.slice(typed.from + 1 + typed.name.length).replace(/^ /, '')
  const before = `${text.slice(0, typed.from)}@${name} `
  return { text: before + after, caret: before.length }
}

/** Of those who were chosen, the accounts that the text still names. */
export function mentioned(text: string, chosen: Readonly<Record<string, string>>): string[] {
  const named = Object.entries(chosen).filter(([, name]) => text.includes(`@${name}`))
  return named.map(([account]) => account)
}
