import { UsersRound, CopyCheck } from 'lucide-vue-next'
import { defineModule } from '@/lib/module'

export default defineModule({
  id: 'dossier',
  nav: [
    {
      route: 'dossier.members',
      text: 'dossier.members',
      icon: UsersRound,
      group: 'work',
      order: 20,
      permission: 'registry.read',
    },
    {
      route: 'dossier.duplicates',
      text: 'dossier.duplicates',
      icon: CopyCheck,
      group: 'data',
      order: 40,
      permission: 'registry.write',
    },
  ],
  permissions: [
    'registry.read',
    'registry.write',
    'registry.unmask',
    'export.make',
    'export.personal',
    'insight.read',
  ],
  routes: [
    {
      path: '/members',
      name: 'dossier.members',
      component: () => import('./members/MembersPage.vue'),
      meta: { title: 'dossier.members', permission: 'registry.read' },
    },
    {
      path: '/persons/:id',
      name: 'dossier.archive',
      component: () => import('./archive/ArchivePage.vue'),
      props: true,
      meta: { title: 'dossier.archive' },
    },
    {
      path: '/duplicates',
      name: 'dossier.duplicates',
      component: () => import('./duplicates/DuplicatesPage.vue'),
      meta: { title: 'dossier.duplicates', permission: 'registry.write' },
    },
  ],
})
