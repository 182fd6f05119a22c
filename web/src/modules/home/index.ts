import { House } from 'lucide-vue-next'
import { defineModule } from '@/lib/module'

export default defineModule({
  id: 'home',
  nav: [{ route: 'home.today', text: 'home.today', icon: House, group: 'work', order: 0 }],
  permissions: [],
  routes: [
    {
      path: '/',
      name: 'home.today',
      component: () => import('./today/TodayPage.vue'),
      meta: { title: 'home.today' },
    },
  ],
})
