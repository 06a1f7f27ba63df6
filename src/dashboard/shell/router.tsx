import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Frame } from './frame.tsx';
import { FaultPage, FirstAccount, NoSuchPage, Waiting } from './first-pages.tsx';

const rootRoute = createRootRoute({ notFoundComponent: NoSuchPage });

const firstRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: FirstAccount });

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts/$account',
  component: Frame,
  notFoundComponent: NoSuchPage,
});

const under = { getParentRoute: () => accountRoute };

const startRoute = createRoute({
  ...under,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/start.tsx'), 'StartPage'),
});

const routeTree = rootRoute.addChildren([firstRoute, accountRoute.addChildren([startRoute])]);

/** The pages and their addresses, all below `/ui/`. */
export const router = createRouter({
  routeTree,
  basepath: '/ui',
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
