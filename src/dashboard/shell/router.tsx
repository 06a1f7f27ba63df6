import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Frame } from './frame.tsx';
import { Gate } from './login.tsx';
import { FaultPage, FirstAccount, NoSuchPage, Waiting } from './first-pages.tsx';
import {
  readHistorySearch,
  readInboxSearch,
  readRulesSearch,
  readRunsSearch,
  readSessionsSearch,
  readStatisticsSearch,
} from './search.ts';

const rootRoute = createRootRoute({ component: Gate, notFoundComponent: NoSuchPage });

const firstRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: FirstAccount });

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts/$account',
  component: Frame,
  notFoundComponent: NoSuchPage,
});

const under = { getParentRoute: () => accountRoute };

const pages = [
  createRoute({
    ...under,
    path: '/',
    component: lazyRouteComponent(() => import('../pages/start.tsx'), 'StartPage'),
  }),
  createRoute({
    ...under,
    path: '/connections',
    component: lazyRouteComponent(() => import('../pages/connections.tsx'), 'ConnectionsPage'),
  }),
  createRoute({
    ...under,
    path: '/connections/new',
    component: lazyRouteComponent(() => import('../pages/create-connection.tsx'), 'CreateConnectionPage'),
  }),
  createRoute({
    ...under,
    path: '/connections/$connection',
    component: lazyRouteComponent(() => import('../pages/connection.tsx'), 'ConnectionPage'),
  }),
  createRoute({
    ...under,
    path: '/domains',
    component: lazyRouteComponent(() => import('../pages/domains.tsx'), 'DomainsPage'),
  }),
  createRoute({
    ...under,
    path: '/domains/$domain',
    component: lazyRouteComponent(() => import('../pages/domain.tsx'), 'DomainPage'),
  }),
  createRoute({
    ...under,
    path: '/statistics',
    validateSearch: readStatisticsSearch,
    component: lazyRouteComponent(() => import('../pages/statistics.tsx'), 'StatisticsPage'),
  }),
  createRoute({
    ...under,
    path: '/history',
    validateSearch: readHistorySearch,
    component: lazyRouteComponent(() => import('../pages/history.tsx'), 'HistoryPage'),
  }),
  createRoute({
    ...under,
    path: '/history/$email',
    component: lazyRouteComponent(() => import('../pages/email.tsx'), 'EmailPage'),
  }),
  createRoute({
    ...under,
    path: '/pricing',
    component: lazyRouteComponent(() => import('../pages/pricing.tsx'), 'PricingPage'),
  }),
  createRoute({
    ...under,
    path: '/pricing/ledger',
    component: lazyRouteComponent(() => import('../pages/ledger.tsx'), 'LedgerPage'),
  }),
  createRoute({
    ...under,
    path: '/sessions',
    validateSearch: readSessionsSearch,
    component: lazyRouteComponent(() => import('../pages/sessions.tsx'), 'SessionsPage'),
  }),
  createRoute({
    ...under,
    path: '/sessions/$session',
    component: lazyRouteComponent(() => import('../pages/session.tsx'), 'SessionPage'),
  }),
  createRoute({
    ...under,
    path: '/inbox',
    validateSearch: readInboxSearch,
    component: lazyRouteComponent(() => import('../pages/inbox.tsx'), 'InboxPage'),
  }),
  createRoute({
    ...under,
    path: '/sandbox',
    component: lazyRouteComponent(() => import('../pages/sandbox.tsx'), 'SandboxPage'),
  }),
  createRoute({
    ...under,
    path: '/rules',
    validateSearch: readRulesSearch,
    component: lazyRouteComponent(() => import('../pages/rules.tsx'), 'RulesPage'),
  }),
  createRoute({
    ...under,
    path: '/runs',
    validateSearch: readRunsSearch,
    component: lazyRouteComponent(() => import('../pages/runs.tsx'), 'RunsPage'),
  }),
  createRoute({
    ...under,
    path: '/runs/$report',
    component: lazyRouteComponent(() => import('../pages/run.tsx'), 'RunPage'),
  }),
] as const;

const routeTree = rootRoute.addChildren([firstRoute, accountRoute.addChildren(pages)]);

/** The pages and their addresses, all below `/ui/`. */
export const router = createRouter({
  routeTree,
  basepath: '/ui',
  // what no page reads of an address, such as a day that does not exist, is not handed to it
  search: { strict: true },
  defaultPreload: 'intent',
  defaultErrorComponent: FaultPage,
  defaultPendingComponent: Waiting,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
