// What every form of a command is given.

import type { OrganisationPage } from '../readOrganisations'
import type { Draft } from './orders'

export interface FormProps {
  /** Filled in place. */
  draft: Draft
  page: OrganisationPage
  structure: string
  /** What the server says is wrong with a member of the order. */
  wrongAt: (path: string) => string | undefined
}
