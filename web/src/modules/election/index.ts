import { defineModule } from '@/lib/module'

// Nothing at the side: a box is opened every few years, from its election or its organisation.
export default defineModule({
  id: 'election',
  nav: [],
  permissions: ['workflow.read', 'workflow.manage', 'registry.read'],
  routes: [
    {
      path: '/ballot-boxes',
      name: 'election.boxes',
      component: () => import('./boxes/BoxesPage.vue'),
      meta: { title: 'election.boxes', permission: 'workflow.read' },
    },
    {
      path: '/ballot-boxes/new',
      name: 'election.open',
      component: () => import('./open/OpenBoxPage.vue'),
      meta: { title: 'election.open', permission: 'workflow.manage' },
    },
    {
      path: '/ballot-boxes/:box(\\d{1,19})',
      name: 'election.box',
      component: () => import('./box/BoxPage.vue'),
      props: true,
      meta: { title: 'election.box', permission: 'workflow.read' },
    },
    {
      path: '/vote/:box(\\d{1,19})',
      name: 'election.vote',
      component: () => import('./vote/VotePage.vue'),
      props: true,
      meta: { title: 'election.vote', open: true, bare: true },
    },
    {
      path: '/vote/:box(\\d{1,19})/receipts',
      name: 'election.receipts',
      component: () => import('./receipts/ReceiptsPage.vue'),
      props: true,
      meta: { title: 'election.receipts', open: true, bare: true },
    },
  ],
})
