import { UserRoundCog } from 'lucide-vue-next'
import { defineModule } from '@/lib/module'

export default defineModule({
  id: 'identity',
  nav: [
    {
      route: 'identity.account',
      text: 'identity.account',
      icon: UserRoundCog,
      group: 'system',
      order: 90,
    },
  ],
  permissions: ['insight.read'],
  routes: [
    {
      path: '/signin',
      name: 'identity.sign_in',
      component: () => import('./sign_in/SignInPage.vue'),
      meta: { title: 'identity.sign_in_title', open: true, bare: true },
    },
    {
      path: '/signin/once/:token',
      name: 'identity.once',
      component: () => import('./once/OncePage.vue'),
      props: true,
      meta: { title: 'identity.once_title', open: true, bare: true },
    },
    {
      path: '/account',
      name: 'identity.account',
      component: () => import('./account/AccountPage.vue'),
      meta: { title: 'identity.account' },
    },
    {
      path: '/account/second-factor',
      name: 'identity.second_factor',
      component: () => import('./second_factor/SecondFactorPage.vue'),
      meta: { title: 'identity.second_factor' },
    },
  ],
})
