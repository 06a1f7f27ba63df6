import { scenarios } from 'smtp-gauntlet/vitest';

await scenarios({ paths: ['scenarios'] });
