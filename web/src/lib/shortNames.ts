// Names on a small space.

/**
 * The names of what stands below an organisation, without the name above: 望澜区委员会 for
 * 中共临湖市望澜区委员会 below 中共临湖市委员会. Names that would be the same keep all.
 */
export function shortNames(names: readonly string[], above: string): string[] {
  const stem = above.replace(/(委员会|工作委员会|总支部|党总支|支部委员会|党支部)$/, '')
  const short = names.map((name) => {
    const start = [stem, '中共'].find((begin) => begin && name.startsWith(begin))
    const rest = start ? name.slice(start.length).replace(/^委(?!员会)/, '') : name
    return rest.length > 2 ? rest : name
  })
  return short.map((name, index) =>
    short.indexOf(name) === short.lastIndexOf(name) ? name : (names[index] ?? name),
  )
}
