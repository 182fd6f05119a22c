// The names of structures, as the server has them.

import { useCodes } from './codes'

export function useStructureWords(): (structure: string) => string {
  const codes = useCodes()
  return (structure) => codes.word('structure', structure)
}
