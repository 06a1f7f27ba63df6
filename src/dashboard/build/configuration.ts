import { fileURLToPath } from 'node:url';
import type { InlineConfig } from 'vite';

/** Where the built files go; `files` in package.json ships them. */
export const outputFolder = fileURLToPath(new URL('../../../dist-web/', import.meta.url));

/** How Vite builds the dashboard. */
export const configuration = {
  root: fileURLToPath(new URL('..', import.meta.url)),
  // the control API's own paths begin with anything else (decision 8)
  base: '/ui/',
  configFile: false,
  publicDir: false,
  // thousands of warnings about directives for servers, of which there is none
  logLevel: 'error',
  build: {
    outDir: outputFolder,
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    // a data: URL would need a hole in the content security policy
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
} satisfies InlineConfig;
