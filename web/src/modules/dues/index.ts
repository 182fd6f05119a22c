import { HandCoins } from 'lucide-vue-next'
import { defineModule } from '@/lib/module'

export default defineModule({
  id: 'dues',
  nav: [
    {
      route: 'dues.payments',
      text: 'dues.payments',
      icon: HandCoins,
      group: 'work',
      order: 50,
      permission: 'dues.write',
    },
  ],
  permissions: ['dues.write', 'registry.read', 'insight.read'],
  routes: [
    {
      path: '/payments',
      name: 'dues.payments',
      component: () => import('./grid/PaymentsPage.vue'),
      meta: { title: 'dues.payments', permission: 'dues.write' },
    },
  ],
  remedies: [
    {
      rules: ['dues/unpaid'],
      text: 'dues.record',
      permission: 'dues.write',
      to: (light) => ({
        name: 'dues.payments',
        query: { at: light.organisation, person: light.subject },
      }),
    },
  ],
})
