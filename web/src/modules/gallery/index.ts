// The design system on one page, in every state: for development and its tests only.

import { defineModule } from '@/lib/module'

const shown = import.meta.env.DEV || import.meta.env.MODE === 'gallery'

export default defineModule({
  id: 'gallery',
  nav: [],
  permissions: [],
  routes: shown
    ? [
        {
          path: '/ui',
          name: 'gallery.show',
          component: () => import('./show/GalleryPage.vue'),
          meta: { title: 'gallery.title', open: true, bare: true },
        },
      ]
    : [],
})
