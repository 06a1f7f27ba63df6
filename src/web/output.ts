import { fileURLToPath } from 'node:url';
import type { InlineConfig } from 'vite';

/** Where the built files go; `files` in package.json ships them. */
export const outputFolder = fileURLToPath(new URL('../../dist-web/', import.meta.url));

/** What is the same for everything that Vite builds here. */
export const shared = {
  configFile: false,
  publicDir: false,
  // thousands of warnings about directives for servers, of which there is none
  logLevel: 'error',
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
} satisfies InlineConfig;
