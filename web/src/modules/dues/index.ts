import { HandCoins, Wallet } from 'lucide-vue-next'
import { defineModule } from '@/lib/module'

export default defineModule({
  id: 'dues',
  nav: [
    {
      route: 'dues.payments',
      text: 'dues.payments',
      icon: HandCoins,
      group: 'work',
      order: 50,
      permission: 'dues.write',
    },
    {
      route: 'dues.mine',
      text: 'dues.mine',
      icon: Wallet,
      group: 'work',
      order: 52,
      permission: 'self.read',
      own: true,
    },
  ],
  permissions: [
    'dues.write',
    'registry.read',
    'insight.read',
    'self.read',
    'workflow.act',
    'workflow.read',
  ],
  routes: [
    {
      path: '/payments',
      name: 'dues.payments',
      component: () => import('./grid/PaymentsPage.vue'),
      meta: { title: 'dues.payments', permission: 'dues.write' },
    },
    {
      path: '/payments/statement',
      name: 'dues.statement',
      component: () => import('./statement/StatementPage.vue'),
      meta: { title: 'dues.statement', permission: 'dues.write' },
    },
    {
      path: '/dues/books',
      name: 'dues.books',
      component: () => import('./books/BooksPage.vue'),
      meta: { title: 'dues.books', permission: 'dues.write' },
    },
    {
      path: '/payments/online',
      name: 'dues.orders',
      component: () => import('./online/OrdersPage.vue'),
      meta: { title: 'dues.orders', permission: 'dues.write' },
    },
    {
      path: '/pay/sandbox/:order(\\d{1,19})',
      name: 'dues.cashier',
      component: () => import('./online/CashierPage.vue'),
      props: true,
      meta: { title: 'dues.cashier', permission: 'self.read', bare: true },
    },
    {
      path: '/dues/bases',
      name: 'dues.bases',
      component: () => import('./bases/BasesPage.vue'),
      meta: { title: 'dues.bases', permission: 'dues.write' },
    },
    {
      path: '/dues/mine',
      name: 'dues.mine',
      component: () => import('./account/MyDuesPage.vue'),
      meta: { title: 'dues.mine', permission: 'self.read' },
    },
    {
      path: '/persons/:id(\\d{1,19})/receipts/:number(\\d{6,8}-\\d{8})',
      name: 'dues.receipt',
      component: () => import('./receipts/ReceiptPage.vue'),
      props: true,
      meta: { title: 'dues.receipt', permission: 'self.read' },
    },
    {
      path: '/persons/:id(\\d{1,19})/dues',
      name: 'dues.account',
      component: () => import('./account/AccountPage.vue'),
      props: true,
      meta: { title: 'dues.account', permission: 'dues.write' },
    },
  ],
  remedies: [
    {
      rules: ['dues/unpaid'],
      text: 'dues.record',
      permission: 'dues.write',
      to: (light) => ({
        name: 'dues.payments',
        query: { at: light.organisation, person: light.subject },
      }),
    },
  ],
})
