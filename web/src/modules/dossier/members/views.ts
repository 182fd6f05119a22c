// Views that a person has saved: what is asked for, under a name. Kept in this browser for each
// account of it, since the server has no place for them.

export interface View {
  name: string
  query: Record<string, string>
}

const MOST = 30

function keyOf(account: string): string {
  return `jishi.views.members.${account}`
}

function isView(value: unknown): value is View {
  const view = value as Partial<View> | null
  return typeof view?.name === 'string' && typeof view.query === 'object' && view.query !== null
}

export function keptViews(account: string): View[] {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(account)) ?? '[]') as unknown
    return Array.isArray(kept) ? kept.filter(isView).slice(0, MOST) : []
  } catch {
    return []
  }
}

function keep(account: string, views: View[]): View[] {
  try {
    localStorage.setItem(keyOf(account), JSON.stringify(views))
  } catch {
    // Then they last as long as the page.
  }
  return views
}

/** Of one name there is one view: the later one. A place in the list is not part of it. */
export function saveView(
  account: string,
  views: readonly View[],
  name: string,
  query: Record<string, string>,
): View[] {
  const { after: _after, page: _page, ...asked } = query
  const others = views.filter((view) => view.name !== name)
  return keep(account, [{ name, query: asked }, ...others].slice(0, MOST))
}

export function dropView(account: string, views: readonly View[], name: string): View[] {
  return keep(
    account,
    views.filter((view) => view.name !== name),
  )
}
