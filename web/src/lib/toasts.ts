// Short messages at the edge of the screen: what was done, with a way back where there is one.

import { ref } from 'vue'
import { defineStore } from 'pinia'

export interface Toast {
  id: number
  kind: 'done' | 'failed' | 'told'
  text: string
  action?: { text: string; run: () => void }
}

/** More at once are not read; the oldest goes. */
const MOST = 4

export const useToasts = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([])
  let last = 0

  function add(kind: Toast['kind'], text: string, action?: Toast['action']): void {
    last += 1
    const toast: Toast = action ? { id: last, kind, text, action } : { id: last, kind, text }
    toasts.value = [...toasts.value, toast].slice(-MOST)
  }

  function drop(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }

  return { toasts, add, drop }
})
