import { defineModule } from '@/lib/module'

export default defineModule({
  id: 'identity',
  nav: [],
  permissions: [],
  routes: [
    {
      path: '/signin',
      name: 'identity.sign_in',
      component: () => import('./sign_in/SignInPage.vue'),
      meta: { title: 'identity.sign_in_title', open: true, bare: true },
    },
  ],
})
