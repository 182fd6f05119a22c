// Short names below a parent: `中共临湖市望澜区柳港街道白林社区第三支部委员会` is, in the tree below
// `…白林社区委员会`, known as `第三支部委员会`. The whole name stands wherever it stands alone.

/** What a place, a unit or a body ends in: a name is only cut behind one of these. */
const ENDINGS = '省市县区旗州盟镇乡道村委局院校司团会'
const LEAST_LEFT = 3

/** The name without what it shares with the parent's, as far as that ends where a word does. */
export function shortName(name: string, parent: string): string {
  let shared = 0
  while (shared < name.length && name[shared] === parent[shared]) shared += 1
  while (shared > 0 && !endsHere(name, shared)) shared -= 1
  return name.length - shared < LEAST_LEFT ? name : name.slice(shared)
}

/** Whether a word ends before `at`: `区委` does, but not within `区委员会`. */
function endsHere(name: string, at: number): boolean {
  const last = name[at - 1] ?? ''
  return ENDINGS.includes(last) && !(last === '委' && name[at] === '员')
}
