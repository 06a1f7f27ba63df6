import { defineConfig } from 'vitest/config';

export const config = defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'proof/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});

// vitest reads the default export and nothing else
// oxlint-disable-next-line import/no-default-export
export default config;
