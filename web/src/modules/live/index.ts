import { ListChecks } from 'lucide-vue-next'
import { defineModule } from '@/lib/module'

export default defineModule({
  id: 'live',
  nav: [
    {
      route: 'live.jobs',
      text: 'live.jobs',
      icon: ListChecks,
      group: 'data',
      order: 80,
      permission: 'registry.read',
    },
  ],
  permissions: ['registry.read', 'intake.import'],
  routes: [
    {
      path: '/jobs',
      name: 'live.jobs',
      component: () => import('./jobs/JobsPage.vue'),
      meta: { title: 'live.jobs', permission: 'registry.read' },
    },
  ],
})
