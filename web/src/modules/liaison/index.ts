import { Handshake } from 'lucide-vue-next'
import { defineModule } from '@/lib/module'

export default defineModule({
  id: 'liaison',
  nav: [
    {
      route: 'liaison.groups',
      text: 'liaison.groups',
      icon: Handshake,
      group: 'work',
      order: 58,
      permission: 'workflow.read',
    },
  ],
  permissions: ['workflow.read'],
  routes: [
    {
      path: '/groups',
      name: 'liaison.groups',
      component: () => import('./groups/GroupsPage.vue'),
      meta: { title: 'liaison.groups', permission: 'workflow.read' },
    },
    {
      path: '/groups/:group(\\d+)',
      name: 'liaison.group',
      component: () => import('./group/GroupPage.vue'),
      props: true,
      meta: { title: 'liaison.group', permission: 'workflow.read' },
    },
  ],
})
