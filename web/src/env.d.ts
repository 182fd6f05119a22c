/// <reference types="vite/client" />

declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent
  export default component
}

declare module 'virtual:texts' {
  type Catalogue = Record<string, unknown>
  const loaders: Record<'zh' | 'en', Record<string, () => Promise<{ default: Catalogue }>>>
  export default loaders
}
