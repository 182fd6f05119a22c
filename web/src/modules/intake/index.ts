import { FileInput } from 'lucide-vue-next'
import { defineModule } from '@/lib/module'

export default defineModule({
  id: 'intake',
  nav: [
    {
      route: 'intake.imports',
      text: 'intake.imports',
      icon: FileInput,
      group: 'data',
      order: 50,
      permission: 'intake.import',
    },
  ],
  permissions: ['intake.import'],
  routes: [
    {
      path: '/imports',
      name: 'intake.imports',
      component: () => import('./imports/ImportsPage.vue'),
      meta: { title: 'intake.imports', permission: 'intake.import' },
    },
    {
      path: '/imports/:job(\\d+)',
      name: 'intake.report',
      component: () => import('./report/ReportPage.vue'),
      props: true,
      meta: { title: 'intake.report', permission: 'intake.import' },
    },
  ],
})
