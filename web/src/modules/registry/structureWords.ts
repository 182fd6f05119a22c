// The names of structures. Codes of the pack name everything else; these are the program's own.

import { useTexts } from '@/lib/texts'

const KNOWN = new Set(['party', 'division', 'grid', 'region', 'sector'])

export function useStructureWords(): (structure: string) => string {
  const { t } = useTexts()
  return (structure) => (KNOWN.has(structure) ? t(`registry.structure_${structure}`) : structure)
}
