import { BookLock, ScrollText, ServerCog, SlidersHorizontal, Users } from 'lucide-vue-next'
import { defineModule } from '@/lib/module'

export default defineModule({
  id: 'governance',
  nav: [
    {
      route: 'governance.accounts',
      text: 'governance.accounts',
      icon: Users,
      group: 'system',
      order: 10,
      permission: 'identity.read_accounts',
    },
    {
      route: 'governance.roles',
      text: 'governance.roles',
      icon: BookLock,
      group: 'system',
      order: 20,
      permission: 'identity.read_accounts',
    },
    {
      route: 'governance.settings',
      text: 'governance.settings',
      icon: SlidersHorizontal,
      group: 'system',
      order: 30,
      permission: 'insight.manage',
    },
    {
      route: 'governance.log',
      text: 'governance.log',
      icon: ScrollText,
      group: 'system',
      order: 40,
      permission: 'audit.read',
    },
    {
      route: 'governance.system',
      text: 'governance.system',
      icon: ServerCog,
      group: 'system',
      order: 50,
      permission: 'system.manage',
    },
  ],
  permissions: [
    'audit.read',
    'identity.grant_roles',
    'identity.manage_accounts',
    'identity.read_accounts',
    'identity.reset_factors',
    'insight.manage',
    'insight.read',
    'intake.import',
    'system.manage',
  ],
  routes: [
    {
      path: '/setup',
      name: 'governance.setup',
      component: () => import('./setup/SetupPage.vue'),
      meta: { title: 'governance.setup' },
    },
    {
      path: '/admin/accounts',
      name: 'governance.accounts',
      component: () => import('./accounts/AccountsPage.vue'),
      meta: { title: 'governance.accounts', permission: 'identity.read_accounts' },
    },
    {
      path: '/admin/accounts/:id',
      name: 'governance.account',
      component: () => import('./accounts/AccountPage.vue'),
      props: true,
      meta: { title: 'governance.account', permission: 'identity.read_accounts' },
    },
    {
      path: '/admin/roles',
      name: 'governance.roles',
      component: () => import('./roles/RolesPage.vue'),
      meta: { title: 'governance.roles', permission: 'identity.read_accounts' },
    },
    {
      path: '/admin/settings',
      name: 'governance.settings',
      component: () => import('./settings/SettingsPage.vue'),
      meta: { title: 'governance.settings', permission: 'insight.manage' },
    },
    {
      path: '/admin/log',
      name: 'governance.log',
      component: () => import('./log/LogPage.vue'),
      meta: { title: 'governance.log', permission: 'audit.read' },
    },
    {
      path: '/admin/system',
      name: 'governance.system',
      component: () => import('./system/SystemPage.vue'),
      meta: { title: 'governance.system', permission: 'system.manage' },
    },
  ],
})
