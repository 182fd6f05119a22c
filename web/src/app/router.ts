// Which page is shown, and to whom. Texts of a page's module are there before the page is.

import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { moduleRoutes } from './modules'
import { useSession, wasHere } from '@/api/session'
import { nextAfterSignIn } from '@/lib/nextAfterSignIn'
import { loadTexts, say } from '@/lib/texts'

export const SIGN_IN = 'identity.sign_in'
export const ENROL = 'identity.second_factor'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...moduleRoutes(),
    {
      path: '/:rest(.*)*',
      name: 'nowhere',
      component: () => import('./NotFound.vue'),
      meta: { title: 'app.not_found' },
    },
  ],
  scrollBehavior: (to, from, saved) => {
    if (saved) return saved
    return to.path === from.path ? undefined : { top: 0 }
  },
})

export const loadFrame = () => import('./Frame.vue')

async function admit(to: RouteLocationNormalized) {
  const session = useSession()
  const known = session.signedIn || (await session.look())
  if (known && to.name === SIGN_IN) return nextAfterSignIn(to.query.next)
  if (to.meta.open) return true
  if (!known) return { name: SIGN_IN, query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  // Some roles ask for a second factor: until it is set up there is nothing else to do here.
  if (session.me?.must_enrol && to.name !== ENROL) return { name: ENROL }
  return true
}

/** Begins to load what a page is made of; whoever needs it waits for it, and hears of errors. */
function begin(to: RouteLocationNormalized): void {
  const loads = to.matched.map((record) => record.components?.default as unknown)
  loads.push(() => loadTexts(to.meta.module))
  if (!to.meta.bare) loads.push(loadFrame)
  for (const load of loads) {
    if (typeof load === 'function') Promise.resolve(load()).catch(() => undefined)
  }
}

// Whoever was here will be let in: their page is on its way while the server is asked. Whoever was
// not is not made to load what signing in does without.
router.beforeEach((to) => {
  if (wasHere()) begin(to)
})
router.beforeEach(admit)
router.beforeEach(begin)

router.beforeResolve((to) => loadTexts(to.meta.module))

router.afterEach((to) => {
  document.title = `${say(to.meta.title)} · ${say('app.name')}`
})

// A page's file that is gone: the server has a newer build. Reading everything anew finds it.
router.onError((error: unknown, to) => {
  const lost = error instanceof Error && /dynamically imported module|preload/i.test(error.message)
  if (lost && to.fullPath !== sessionStorage.getItem('jishi.reloaded')) {
    sessionStorage.setItem('jishi.reloaded', to.fullPath)
    location.assign(to.fullPath)
  }
})
