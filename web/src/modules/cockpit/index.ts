import { MonitorPlay } from 'lucide-vue-next'
import { defineModule } from '@/lib/module'
import { loadCanvas } from '@/ui/chart/loadCanvas'

export default defineModule({
  id: 'cockpit',
  nav: [
    {
      route: 'cockpit.wall',
      text: 'cockpit.wall',
      icon: MonitorPlay,
      group: 'work',
      order: 80,
      permission: 'insight.read',
    },
  ],
  permissions: ['insight.read', 'registry.read'],
  routes: [
    {
      path: '/cockpit',
      name: 'cockpit.wall',
      component: () => {
        loadCanvas().catch(() => undefined) // whoever draws with it hears of errors
        return import('./wall/CockpitPage.vue')
      },
      meta: { title: 'cockpit.wall', permission: 'insight.read', bare: true },
    },
  ],
})
