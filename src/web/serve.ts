/**
 * The dashboard while it is worked on: Vite's own server in front of a sandbox that is up on the usual port. Changes show
 * at once.
 */
import { createServer } from 'vite';
import { dashboardConfiguration } from './dashboard-configuration.ts';

const server = await createServer({
  ...dashboardConfiguration,
  logLevel: 'info',
  server: { proxy: { '^/(?!ui/)': process.env['CONTROL_API'] ?? 'http://127.0.0.1:2580' } },
});
await server.listen();
server.printUrls();
