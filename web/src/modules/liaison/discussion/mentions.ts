// Notes that mention whoever is signed in, and where each of them stands.

import type { RouteLocationRaw } from 'vue-router'
import { api, ask, type Page, type Shape } from '@/api/api'

export type Mention = Shape<'liaison.ShownMention'>

const PAGE = 50

export function readMentions(
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<Mention>> {
  const params = { query: { limit: PAGE, ...(after && { after }) } }
  return ask(api.GET('/api/v1/mentions', { params, signal }))
}

/** The place on a page where a discussion begins. */
export const ANCHOR = 'discussion'

const PAGES: Record<string, { name: string; param: string }> = {
  organisation: { name: 'registry.organisation', param: 'id' },
  person: { name: 'dossier.archive', param: 'id' },
  case: { name: 'workflow.case', param: 'id' },
  dispatch: { name: 'workflow.dispatch', param: 'id' },
  activity: { name: 'orglife.activity', param: 'activity' },
  group: { name: 'liaison.group', param: 'group' },
}

/** The page of what is discussed, at its discussion; of a light `module.rule.id`. */
export function placeOf(kind: string, object: string): RouteLocationRaw {
  const hash = `#${ANCHOR}`
  const page = PAGES[kind]
  if (page) return { name: page.name, params: { [page.param]: object }, hash }
  const [module = '', rule = '', subject = ''] = object.split('.')
  const noun = kind === 'person_light' ? 'persons' : 'organisations'
  return { name: 'insight.light', params: { module, rule, noun, subject }, hash }
}
