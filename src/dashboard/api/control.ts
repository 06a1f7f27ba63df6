import { hc } from 'hono/client';
import type { ControlClient } from '../../control-api/client.ts';

/**
 * The typed client of the control API that served this page. Only the types are those of `control-api`: its schemas stay
 * out of the browser, which takes the API's word for what it sends.
 */
// hono derives the client from a type alone, and this type is not known to its generic
export const control = hc(window.location.origin) as unknown as ControlClient;

/** A refusal of the control API: a stable code, the HTTP status, and a sentence for people. */
export class ControlFault extends Error {
  override readonly name = 'ControlFault';
  readonly code: string;
  /** 0 where nothing answered at all. */
  readonly status: number;

  constructor(code: string, status: number, detail: string, cause?: unknown) {
    super(detail, { cause });
    this.code = code;
    this.status = status;
  }
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<unknown>;
}

/** The body of an answer; throws {@link ControlFault} where the API refused or did not answer. */
export async function bodyOf<A extends Answer>(
  pending: Promise<A>,
): Promise<Awaited<ReturnType<Extract<A, { readonly ok: true }>['json']>>> {
  const response = await pending.catch((fault: unknown) => {
    throw new ControlFault('unreachable', 0, 'The sandbox does not answer. Is it still running?', fault);
  });
  if (response.status === 204) return undefined as never;
  const body = await response.json().catch((fault: unknown) => {
    throw new ControlFault(
      'unreadable',
      response.status,
      'The sandbox answered with something unreadable.',
      fault,
    );
  });
  if (response.ok) {
    // `ok` says which member of the answer's union this is, which the compiler cannot follow through the promise
    return body as Awaited<ReturnType<Extract<A, { readonly ok: true }>['json']>>;
  }
  const { code = 'fault', detail = 'The sandbox refused, and did not say why.' } = body as {
    readonly code?: string;
    readonly detail?: string;
  };
  throw new ControlFault(code, response.status, detail);
}
