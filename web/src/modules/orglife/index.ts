import { Award, CalendarCheck, Megaphone } from 'lucide-vue-next'
import { defineModule } from '@/lib/module'
import { KIND_RULES, kindOfRule } from './record/rules'

export default defineModule({
  id: 'orglife',
  nav: [
    {
      route: 'orglife.activities',
      text: 'orglife.activities',
      icon: CalendarCheck,
      group: 'work',
      order: 40,
      permission: 'registry.read',
    },
    {
      route: 'orglife.publications',
      text: 'orglife.publications',
      icon: Megaphone,
      group: 'work',
      order: 45,
      own: true,
    },
    {
      route: 'orglife.own_grades',
      text: 'orglife.own_grades',
      icon: Award,
      group: 'work',
      order: 46,
      own: true,
    },
  ],
  permissions: [
    'orglife.write',
    'registry.read',
    'insight.read',
    'workflow.act',
    'workflow.manage',
  ],
  routes: [
    {
      path: '/activities',
      name: 'orglife.activities',
      component: () => import('./list/ActivitiesPage.vue'),
      meta: { title: 'orglife.activities', permission: 'registry.read' },
    },
    {
      path: '/activities/new',
      name: 'orglife.record',
      component: () => import('./record/RecordPage.vue'),
      meta: { title: 'orglife.record', permission: 'orglife.write' },
    },
    {
      path: '/activities/:activity(\\d+)',
      name: 'orglife.activity',
      component: () => import('./activity/ActivityPage.vue'),
      props: true,
      meta: { title: 'orglife.activity', permission: 'registry.read' },
    },
    {
      path: '/activities/:activity(\\d+)/correct',
      name: 'orglife.correct',
      component: () => import('./correct/CorrectPage.vue'),
      props: true,
      meta: { title: 'orglife.correct', permission: 'orglife.write' },
    },
    {
      path: '/publications',
      name: 'orglife.publications',
      component: () => import('./publications/PublicationsPage.vue'),
      meta: { title: 'orglife.publications' },
    },
    {
      path: '/grades/mine',
      name: 'orglife.own_grades',
      component: () => import('./grades/GradesPage.vue'),
      meta: { title: 'orglife.own_grades' },
    },
    {
      path: '/organisations/:id(\\d{1,19})/year',
      name: 'orglife.year',
      component: () => import('./year/YearPage.vue'),
      props: true,
      meta: { title: 'orglife.year_page', permission: 'registry.read' },
    },
  ],
  remedies: [
    {
      rules: KIND_RULES,
      text: 'orglife.record',
      permission: 'orglife.write',
      to: (light) => ({
        name: 'orglife.record',
        query: { organisation: light.organisation, kind: kindOfRule(light.rule) },
      }),
    },
  ],
})
