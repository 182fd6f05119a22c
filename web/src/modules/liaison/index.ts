import { defineModule } from '@/lib/module'

export default defineModule({
  id: 'liaison',
  nav: [],
  permissions: ['workflow.read'],
  routes: [
    {
      path: '/groups/:group(\\d+)',
      name: 'liaison.group',
      component: () => import('./group/GroupPage.vue'),
      props: true,
      meta: { title: 'liaison.group', permission: 'workflow.read' },
    },
  ],
})
