import { fileURLToPath } from 'node:url';
import type { InlineConfig } from 'vite';
import { outputFolder, shared } from './output.ts';

/** How Vite builds the dashboard. */
export const dashboardConfiguration = {
  ...shared,
  root: fileURLToPath(new URL('../dashboard/', import.meta.url)),
  // the control API's own paths begin with anything else (decision 8)
  base: '/ui/',
  build: {
    ...shared.build,
    outDir: outputFolder,
    emptyOutDir: true,
    manifest: true,
    // a data: URL would need a hole in the content security policy
    assetsInlineLimit: 0,
  },
} satisfies InlineConfig;
