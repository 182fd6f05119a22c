import { Lightbulb, Scale } from 'lucide-vue-next'
import { defineModule } from '@/lib/module'

export default defineModule({
  id: 'insight',
  nav: [
    {
      route: 'insight.lights',
      text: 'insight.lights',
      icon: Lightbulb,
      group: 'work',
      order: 10,
      permission: 'insight.read',
    },
    {
      route: 'insight.rules',
      text: 'insight.rules',
      icon: Scale,
      group: 'data',
      order: 60,
      permission: 'insight.read',
    },
  ],
  permissions: ['insight.read', 'insight.handle', 'insight.waive', 'insight.manage'],
  routes: [
    {
      path: '/lights',
      name: 'insight.lights',
      component: () => import('./lights/LightsPage.vue'),
      meta: { title: 'insight.lights', permission: 'insight.read' },
    },
    {
      path: '/lights/:module/:rule/:noun(organisations|persons)/:subject(\\d+)',
      name: 'insight.light',
      component: () => import('./light/LightPage.vue'),
      props: true,
      meta: { title: 'insight.light', permission: 'insight.read' },
    },
    {
      path: '/rules',
      name: 'insight.rules',
      component: () => import('./rules/RulesPage.vue'),
      meta: { title: 'insight.rules', permission: 'insight.read' },
    },
    {
      path: '/rules/:module/:rule',
      name: 'insight.rule',
      component: () => import('./rules/RulePage.vue'),
      props: true,
      meta: { title: 'insight.rule', permission: 'insight.read' },
    },
  ],
})
