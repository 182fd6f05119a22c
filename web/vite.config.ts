import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { precompress } from './tools/precompress.mjs'
import { textsPlugin } from './tools/texts.mjs'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const server = process.env.JISHI_SERVER ?? 'http://127.0.0.1:8080'

// Of fifty small files each costs a page some milliseconds, also out of the browser's cache. What
// pages share goes into files by who needs it, small ones joined to their neighbours; libraries
// that few pages draw or read with stay by themselves. Sizes: tests/load/pages.py, Lighthouse.
const shared = {
  name: 'shared',
  test: /src\/(?:app|ui|api|lib)\/|node_modules\/(?!echarts|zrender|bpmn|diagram)/,
  minShareCount: 4,
  entriesAware: true,
  entriesAwareMergeThreshold: 70_000, // bytes, before they are compressed
}

// What every page runs on, that of signing in as well: by itself, so that no page that comes makes
// signing in heavier.
const first = {
  name: 'first',
  test: new RegExp(
    'node_modules/(?:@vue|vue|vue-router|pinia|vue-i18n|@intlify)/|' +
      'lucide-vue-next/dist/esm/(?:createLucideIcon|Icon|context|defaultAttributes|shared)|' +
      'lucide-vue-next/dist/esm/icons/(?:x|info|circle-(?:alert|check)|triangle-alert|glasses)\\.|' +
      'src/(?:lib/(?:texts|preferences|toasts|problem)|api/useCommand|ui/(?:Field|TextInput|Notice))',
  ),
  priority: 2,
}
// What the frame around every other page draws with. Not what calendars and lists need.
const frame = {
  name: 'frame',
  test: new RegExp(
    'reka-ui/dist/(?:Menu|DropdownMenu|Popper|FocusScope|DismissableLayer|Presence|Primitive|' +
      'RovingFocus|Collection|Teleport|ConfigProvider)/|' +
      'reka-ui/dist/shared/(?!arrays|date|isValue|use(?:Calendar|Date|Filter|Single))|' +
      'node_modules/(?:@floating-ui|@vueuse|aria-hidden|defu)/|' +
      'src/ui/(?:Menu|MenuItem|MenuChoice)\\.vue',
  ),
  priority: 1,
}

const shortened = (name: string) => name.split(/[~.]/)[0]

export default defineConfig({
  plugins: [vue(), textsPlugin(here('./src')), precompress()],
  resolve: {
    alias: {
      '@': here('./src'),
      // Without the message compiler: texts come compiled.
      'vue-i18n': here('./node_modules/vue-i18n/dist/vue-i18n.runtime.mjs'),
    },
  },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: true,
  },
  build: {
    outDir: here('../build/web'),
    emptyOutDir: true,
    target: 'es2022',
    // A data: URL in a style is not of 'self', and what is inlined is not cached.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [first, frame, shared] },
        // Files that share may need one another: each module still runs after those it needs.
        strictExecutionOrder: true,
        // Without the names of all the pages that share a file.
        chunkFileNames: ({ name }) => `assets/${shortened(name)}-[hash].js`,
        assetFileNames: ({ names }) => `assets/${shortened(names[0] ?? 'file')}-[hash][extname]`,
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': server, '/healthz': server },
  },
  test: {
    include: ['src/**/*.test.ts', 'tools/**/*.test.ts'],
    environment: 'happy-dom',
  },
})
