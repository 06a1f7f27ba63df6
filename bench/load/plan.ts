import { z } from 'zod';

/** What the load client is told to do. */
export const planSchema = z.object({
  host: z.string(),
  port: z.int(),
  /** TLS from the first octet. */
  tls: z.boolean(),
  /** AUTH PLAIN after EHLO; none for a peer that has no AUTH. */
  login: z.object({ name: z.string(), password: z.string() }).optional(),
  sessions: z.int().min(1).max(20_000),
  /** Whether a session sends one message after another, or one and then QUIT. */
  connections: z.enum(['reused', 'one each']),
  recipients: z.int().min(1).max(1_000),
  /** MAIL, all RCPTs and DATA in one write (RFC 2920). */
  pipelining: z.boolean(),
  /** Octets of a message. */
  size: z.int().min(256).max(10_000_000),
  /** Milliseconds after which no message is begun. */
  milliseconds: z.int().max(120_000),
  /** Messages after which none is begun. */
  messages: z.int().max(1_000_000),
});
export type LoadPlan = z.output<typeof planSchema>;

/** What came of it. */
export const resultSchema = z.object({
  /** Messages answered with 250. */
  messages: z.int(),
  /** From the first command to the last reply. */
  seconds: z.number(),
  /** Milliseconds from MAIL to the last reply (with one connection each: from the connect). */
  p50: z.number(),
  p99: z.number(),
  /** Share of one processor that the load client itself took: near 1, it was the limit. */
  clientCpu: z.number(),
});
export type LoadResult = z.output<typeof resultSchema>;
