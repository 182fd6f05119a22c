// The nodes of the tree of organisations.

import type { TreeNode } from '@/ui/tree'
import { shortName } from '@/lib/shortName'
import {
  readChildren,
  readChildrenOn,
  readCountsOn,
  readLit,
  readLitBelow,
  readPlaces,
  type Branch,
  type BranchOn,
  type Lit,
  type View,
} from '../readOrganisations'

export interface Place extends TreeNode {
  name: string
  kind: string
  /** In good standing; of a past day, all that were on record. */
  members: number
  past: boolean
  /** Undefined where lights are not asked for, or could not be read. */
  lit: Lit | undefined
}

const DARK: Lit = { red: 0, yellow: 0 }

function placeOf(branch: Branch, parent: string, lit: Lit | undefined): Place {
  return {
    id: branch.organisation,
    label: shortName(branch.name, parent),
    name: branch.name,
    kind: branch.kind,
    members: Number(branch.members),
    past: false,
    hasChildren: Number(branch.children) > 0,
    lit,
  }
}

function placeThen(branch: BranchOn, parent: string): Place {
  return {
    id: branch.organisation,
    label: shortName(branch.name, parent),
    name: branch.name,
    kind: branch.kind,
    members: Number(branch.counts.members),
    past: true,
    // Itself is counted.
    hasChildren: Number(branch.counts.organisations) > 1,
    lit: undefined,
  }
}

/** Lights are beside the point where they cannot be read: the tree is shown without. */
async function orNothing<Data>(reading: Promise<Data>): Promise<Data | undefined> {
  try {
    return await reading
  } catch {
    return undefined
  }
}

/** The highest organisations that this person sees. */
export async function readRoots(view: View, signal: AbortSignal): Promise<Place[]> {
  const branches = await readPlaces(view.structure, signal)
  return Promise.all(
    branches.map(async (branch) => {
      if (view.on) {
        const counts = await readCountsOn(branch.organisation, view, signal)
        return placeThen({ ...branch, counts }, '')
      }
      const reading = view.lights && readLit(branch.organisation, view.structure, signal)
      const lit = reading ? await orNothing(reading) : undefined
      return placeOf(branch, '', lit)
    }),
  )
}

export async function readBelow(place: { id: string; name: string }, view: View): Promise<Place[]> {
  if (view.on) {
    const branches = await readChildrenOn(place.id, view)
    return branches.map((branch) => placeThen(branch, place.name))
  }
  const [branches, lit] = await Promise.all([
    readChildren(place.id, view.structure),
    view.lights ? orNothing(readLitBelow(place.id, view.structure)) : undefined,
  ])
  return branches.map((branch) =>
    placeOf(branch, place.name, lit && (lit.get(branch.organisation) ?? DARK)),
  )
}
