import { defineConfig } from 'vitest/config';

/** Tests of foreign programs and of pages in a browser: they take minutes and are part of the proof. */
const walks = [
  'src/app/real-clients.e2e.test.ts',
  'src/app/dashboard.e2e.test.ts',
  'src/app/dashboard-runs.e2e.test.ts',
  'src/app/dashboard-pages.e2e.test.ts',
  'src/conformance/report/page-browser.test.ts',
];

export const config = defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // tests wait for sockets and processes more than they compute: each core has one file at work
    maxWorkers: '100%',
    projects: [
      // `npm test`: units, scenarios and commands from end to end; the answer within three minutes
      { extends: true, test: { name: 'test', include: ['src/**/*.test.ts'], exclude: [...walks] } },
      // `npm run proof`: wrong gateways, foreign servers, known clients and typed documents; a quarter of an hour
      { extends: true, test: { name: 'proof', include: ['proof/**/*.test.ts', ...walks] } },
    ],
  },
});

// vitest reads the default export and nothing else
// oxlint-disable-next-line import/no-default-export
export default config;
