/** Parts of which schemas are made. */
import { z } from '@hono/zod-openapi';

/** An instant in UTC, to the millisecond, as `2026-01-15T12:00:00.000Z`. */
export const instant = z.iso.datetime({ precision: 3 }).openapi({ example: '2026-01-15T12:00:00.000Z' });

export const address = z.string().min(3).max(320);

export const domainName = z.string().min(1).max(255);

export const sends = z.int().min(0).max(1_000_000_000);

/** A documented port, by which listeners are named whatever the real number. */
export const documentedPort = z.int().min(1).max(65_535).openapi({ description: 'the documented port' });

/** A word of the provider's: a role, a status, an access. The vocabulary lists them, and others are refused. */
export const providerWord = z.string().min(1).max(60);
