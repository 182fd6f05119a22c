import { Network } from 'lucide-vue-next'
import { defineModule } from '@/lib/module'

export default defineModule({
  id: 'registry',
  nav: [
    {
      route: 'registry.tree',
      text: 'registry.organisations',
      icon: Network,
      group: 'work',
      order: 20,
      permission: 'registry.read',
    },
  ],
  permissions: ['registry.read', 'registry.write', 'insight.read', 'search.use', 'export.make'],
  routes: [
    {
      path: '/organisations',
      name: 'registry.tree',
      component: () => import('./tree/OrganisationsPage.vue'),
      meta: { title: 'registry.organisations', permission: 'registry.read' },
    },
    {
      path: '/organisations/:id(\\d{1,19})',
      name: 'registry.organisation',
      component: () => import('./organisation/OrganisationPage.vue'),
      props: true,
      meta: { title: 'registry.organisation', permission: 'registry.read' },
    },
  ],
})
