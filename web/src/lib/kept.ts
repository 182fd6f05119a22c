// What this browser keeps from one visit to the next.

/** Empty where nothing is kept; a private window may keep nothing. */
export function kept(key: string): string {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

/** Keeps a value; an empty one is forgotten. */
export function keep(key: string, value: string): void {
  try {
    if (value) localStorage.setItem(key, value)
    else localStorage.removeItem(key)
  } catch {
    // Then it lasts for the page.
  }
}
