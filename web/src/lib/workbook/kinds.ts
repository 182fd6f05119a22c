// The kinds of sheet and their columns, as docs/workbooks.md has them: needed to show which header
// was taken for what before anything is sent. The server recognises by itself and has the last word.

export type Kind = 'organisations' | 'members' | 'posts' | 'activities' | 'dues'

interface KindOfSheet {
  required: readonly string[]
  /** Of these one is enough. */
  either?: readonly string[]
  optional: readonly string[]
}

export const KINDS: Record<Kind, KindOfSheet> = {
  organisations: {
    required: ['组织名称', '组织类别'],
    optional: [
      '组织代码',
      '上级组织代码',
      '单位名称',
      '统一社会信用代码',
      '单位类别',
      '行政区划代码',
      '成立日期',
      '本届选举日期',
      '任期',
      '延期至',
      '撤销日期',
      '联系电话',
    ],
  },
  members: {
    required: ['姓名', '人员类别', '组织代码', '入党日期'],
    optional: [
      '人员编号',
      '公民身份号码',
      '性别',
      '民族',
      '出生日期',
      '学历',
      '转正日期',
      '预备期延长至',
      '工作岗位',
      '手机号码',
      '家庭住址',
      '党籍状态',
      '失联日期',
      '流动开始日期',
    ],
  },
  posts: {
    required: ['组织代码', '职务', '任职日期'],
    either: ['人员编号', '公民身份号码'],
    optional: ['免职日期'],
  },
  activities: {
    required: ['组织代码', '活动类别', '日期'],
    optional: ['所属期间', '主题', '地点', '应到', '实到', '参加人'],
  },
  dues: {
    required: ['所属月份', '金额'],
    either: ['人员编号', '公民身份号码'],
    optional: ['缴纳日期'],
  },
}

const SYNONYMS: Record<string, readonly string[]> = {
  组织代码: ['组织编号', '党组织代码', '所在支部代码', '所在组织', '所在支部', '所在党支部'],
  公民身份号码: ['身份证号', '身份证号码', '身份证'],
  组织名称: ['党组织全称', '党组织名称'],
  上级组织代码: ['上级代码', '上级组织', '上级党组织'],
  统一社会信用代码: ['党组织所在单位代码'],
  成立日期: ['建立日期', '成立时间'],
  本届选举日期: ['换届日期'],
  出生日期: ['出生年月'],
  人员类别: ['党员类别'],
  入党日期: ['加入党组织日期', '入党时间'],
  转正日期: ['转正时间'],
  工作岗位: ['职业'],
  手机号码: ['联系电话', '手机', '手机号'],
  家庭住址: ['现居住地'],
  日期: ['开展日期'],
}

/** What names a row to people, the best first. */
export const NAMING = ['姓名', '组织名称', '人员编号', '组织代码'] as const

/** The code sets of the server whose words a column takes, by its name there. */
export const CODES: Record<string, string> = {
  组织类别: 'organisation_kind',
  单位类别: 'unit_kind',
  人员类别: 'member_stage',
  党籍状态: 'member_status',
  性别: 'sex',
  民族: 'ethnic',
  学历: 'education',
  工作岗位: 'occupation',
  职务: 'post_title',
  活动类别: 'activity_kind',
}

const HEADER_ROWS = 20
export const isKind = (kind: string | null): kind is Kind => kind !== null && kind in KINDS

export function columnsOf(kind: Kind): string[] {
  const { required, either = [], optional } = KINDS[kind]
  return [...required, ...either, ...optional]
}

/** A header without stars, spaces and what stands in brackets. */
export function fold(header: string): string {
  const plain = header.normalize('NFKC').replace(/[\s*★※]/g, '')
  const outside = plain.replace(/[([{【〔][^)\]}】〕]*[)\]}】〕]/g, '')
  return (outside || plain).replace(/:+$/, '').toLowerCase()
}

/** Which column of a kind a header means by itself; undefined: none, it is kept as a note. */
export function columnNamed(kind: Kind, header: string): string | undefined {
  const folded = fold(header)
  if (!folded) return undefined
  return columnsOf(kind).find(
    (column) =>
      fold(column) === folded || SYNONYMS[column]?.some((synonym) => fold(synonym) === folded),
  )
}

/** What a person decided of headers, by the header: a column, or empty for a note. */
export type Mapping = ReadonlyMap<string, string>

export interface Layout {
  kind: Kind
  headerRow: number
  headers: string[]
  /** By the sheet's columns; undefined: a note. */
  columns: (string | undefined)[]
  missing: string[]
}

function missingOf(kind: Kind, found: ReadonlySet<string | undefined>): string[] {
  const { required, either = [] } = KINDS[kind]
  const missing = required.filter((column) => !found.has(column))
  if (either.length > 0 && !either.some((column) => found.has(column)))
    missing.push(either.join('/'))
  return missing
}

function layoutAt(kind: Kind, headerRow: number, headers: string[], mapping: Mapping): Layout {
  const columns = headers.map((header) => {
    const said = mapping.get(header)
    return said === undefined ? columnNamed(kind, header) : said || undefined
  })
  return { kind, headerRow, headers, columns, missing: missingOf(kind, new Set(columns)) }
}

const known = (layout: Layout) => layout.columns.filter((column) => column !== undefined).length

/**
 * Where the header row of a sheet is and what it says: the row that lacks least, and of those the
 * one that tells most. `kind` as the server recognised it, or null to find the nearest.
 */
export function layoutOf(
  rows: ReadonlyMap<number, readonly string[]>,
  kind: string | null,
  mapping: Mapping,
): Layout | undefined {
  const kinds = isKind(kind) ? [kind] : (Object.keys(KINDS) as Kind[])
  let best: Layout | undefined
  for (const [number, cells] of rows) {
    if (number > HEADER_ROWS) break
    for (const one of kinds) {
      const layout = layoutAt(one, number, [...cells], mapping)
      if (known(layout) === 0) continue
      const lacks = layout.missing.length - (best?.missing.length ?? Infinity)
      if (!best || lacks < 0 || (lacks === 0 && known(layout) > known(best))) best = layout
    }
  }
  return best
}
