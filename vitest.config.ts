import { defineConfig } from 'vitest/config';

export const config = defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // tests wait for sockets and processes more than they compute: each core has one file at work
    maxWorkers: '100%',
    projects: [
      // `npm test`: units, scenarios and commands from end to end; the answer within three minutes
      { extends: true, test: { name: 'test', include: ['src/**/*.test.ts'] } },
      // `npm run proof`: wrong gateways, foreign servers, known clients and typed documents; a quarter of an hour
      { extends: true, test: { name: 'proof', include: ['proof/**/*.test.ts'] } },
    ],
  },
});

// vitest reads the default export and nothing else
// oxlint-disable-next-line import/no-default-export
export default config;
