/**
 * The wire between the wings: routes as data. The sandbox serves them, everybody else calls them; neither side knows
 * the other. Whoever implements them makes their own gateway fully testable.
 */
import { z } from '@hono/zod-openapi';
import { problemSchema } from './schemas.ts';

const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });

/** An answer with a JSON body. */
export const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  ...json(schema),
  description,
});

const problem = (description: string) => ({
  content: { 'application/problem+json': { schema: problemSchema } },
  description,
});

const retryAfter = {
  'Retry-After': {
    description: 'Seconds to wait, where the token was refused unseen.',
    schema: { type: 'integer' as const },
  },
};

/** A request with a JSON body. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { ...json(schema), required: true },
});

/** What every route may answer. */
export const badRequest = {
  400: problem('The request is not what the schema says.'),
  401: problem('The token is missing, or another one.'),
  403: problem('The request comes from elsewhere: another Host, or a page of another origin.'),
  413: problem('The request is too large.'),
  415: problem('The request needs a JSON body.'),
  429: {
    ...problem('Too many wrong tokens came from this address: none is looked at until Retry-After.'),
    headers: retryAfter,
  },
} as const;

/** What every route of an account may answer. */
export const problems = { ...badRequest, 404: problem('There is no such thing.') } as const;

/** What a route that waits or depends on the state may answer. */
export const conflict = (description: string) => ({ 409: problem(description) });

/** What a route answers where an idempotency key comes back with another body. */
export const keyReused = (description: string) => ({ 422: problem(description) });

/** What a route answers where something was there and is forgotten. */
export const gone = (description: string) => ({ 410: problem(description) });

/** What a route may answer where a bound of the sandbox is reached. */
export const tooMany = (description: string) => ({
  429: { ...problem(`${description} Or too many wrong tokens came from this address.`), headers: retryAfter },
});

/** Path parameters of an account's routes. */
export const ofAccount = z.object({ account: z.string() });

/** Path parameters of a connection's routes. */
export const ofConnection = z.object({ account: z.string(), connection: z.string() });
