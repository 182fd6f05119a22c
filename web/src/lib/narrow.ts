// Whether the window is as narrow as a phone: where another arrangement is needed than CSS can make.

import { onScopeDispose, ref, type Ref } from 'vue'

const PHONE = '(max-width: 760px)'

export function useNarrow(): Readonly<Ref<boolean>> {
  const query = matchMedia(PHONE)
  const narrow = ref(query.matches)
  const hear = () => (narrow.value = query.matches)
  query.addEventListener('change', hear)
  onScopeDispose(() => query.removeEventListener('change', hear))
  return narrow
}
