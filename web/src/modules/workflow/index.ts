import { ClipboardList, Route, Workflow } from 'lucide-vue-next'
import { defineModule } from '@/lib/module'

export default defineModule({
  id: 'workflow',
  nav: [
    {
      route: 'workflow.tasks',
      text: 'workflow.tasks',
      icon: ClipboardList,
      group: 'work',
      order: 5,
    },
    {
      route: 'workflow.cases',
      text: 'workflow.cases',
      icon: Route,
      group: 'work',
      order: 55,
      permission: 'workflow.read',
    },
    {
      route: 'workflow.processes',
      text: 'workflow.processes',
      icon: Workflow,
      group: 'system',
      order: 35,
      permission: 'workflow.deploy',
    },
  ],
  permissions: [
    'workflow.read',
    'workflow.act',
    'workflow.manage',
    'workflow.deploy',
    'registry.read',
  ],
  routes: [
    {
      path: '/tasks',
      name: 'workflow.tasks',
      component: () => import('./tasks/TasksPage.vue'),
      meta: { title: 'workflow.tasks' },
    },
    {
      path: '/tasks/:task(\\d+)',
      name: 'workflow.task',
      component: () => import('./case/CasePage.vue'),
      props: true,
      meta: { title: 'workflow.task' },
    },
    {
      path: '/cases',
      name: 'workflow.cases',
      component: () => import('./cases/CasesPage.vue'),
      meta: { title: 'workflow.cases', permission: 'workflow.read' },
    },
    {
      path: '/cases/new',
      name: 'workflow.start',
      component: () => import('./start/StartPage.vue'),
      meta: { title: 'workflow.start', permission: 'workflow.act' },
    },
    {
      path: '/cases/:id(\\d+)',
      name: 'workflow.case',
      component: () => import('./case/CasePage.vue'),
      props: true,
      meta: { title: 'workflow.case', permission: 'workflow.read' },
    },
    {
      path: '/cases/:id(\\d+)/letter',
      name: 'workflow.letter',
      component: () => import('./letter/LetterPage.vue'),
      props: true,
      meta: { title: 'workflow.letter', permission: 'workflow.read' },
    },
    {
      path: '/letters/:code?',
      name: 'workflow.verify',
      component: () => import('./letter/VerifyPage.vue'),
      props: true,
      meta: { title: 'workflow.verify', open: true, bare: true },
    },
    {
      path: '/processes',
      name: 'workflow.processes',
      component: () => import('./processes/ProcessesPage.vue'),
      meta: { title: 'workflow.processes' },
    },
    {
      path: '/processes/deploy',
      name: 'workflow.deploy',
      component: () => import('./processes/DeployPage.vue'),
      meta: { title: 'workflow.deploy_title', permission: 'workflow.deploy' },
    },
    {
      path: '/processes/:process',
      name: 'workflow.process',
      component: () => import('./processes/ProcessPage.vue'),
      props: true,
      meta: { title: 'workflow.process' },
    },
    {
      path: '/processes/:process/migrate',
      name: 'workflow.migrate',
      component: () => import('./migrate/MigratePage.vue'),
      props: true,
      meta: { title: 'workflow.migrate', permission: 'workflow.manage' },
    },
  ],
})
