import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { OperationError, type OperationFault } from './operations.ts';

const statuses = {
  'no-such-account': 404,
  'no-such-connection': 404,
  'no-such-domain': 404,
  'no-such-sender': 404,
  'no-such-recipient': 404,
  'no-such-identity': 404,
  'not-suppressed': 404,
  'no-such-session': 404,
  'no-scenario-writer': 404,
  'no-such-email': 404,
  'no-such-report': 404,
  'body-forgotten': 410,
  'no-such-trigger': 404,
  'login-taken': 409,
  'clock-cannot': 409,
  'bad-address': 400,
  'bad-domain': 400,
  'unknown-word': 400,
  'bad-cursor': 400,
  'no-own-listeners': 409,
  'cannot-listen': 409,
  'key-reused': 422,
  'too-many-streams': 429,
  'too-many-triggers': 409,
  'not-settled': 409,
  'not-in-time': 409,
} as const satisfies Record<OperationFault, number>;

const titles = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content too large',
  415: 'Unsupported media type',
  422: 'Unprocessable content',
  429: 'Too many requests',
  500: 'Fault',
} as const;

/** Problem details (RFC 9457). */
export function problem(
  c: Context,
  status: keyof typeof titles,
  code: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = { type: 'about:blank', title: titles[status], status, detail, code };
  return c.body(JSON.stringify(body), status, { ...headers, 'content-type': 'application/problem+json' });
}

/** What answers an error: an operation's own, a request that cannot be read, or a fault of the program. */
export function answerFault(fault: Error, c: Context, onFault: (fault: unknown) => void): Response {
  if (fault instanceof OperationError) return problem(c, statuses[fault.code], fault.code, fault.message);
  if (fault instanceof HTTPException) return problem(c, 400, 'bad-input', fault.message);
  onFault(fault);
  return problem(c, 500, 'fault', 'The sandbox met a fault of its own; its log has the cause.');
}

/** What answers a request that is not as the schema says: the first thing that is wrong. */
export function answerUnreadable(
  result:
    | { readonly success: true }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
        };
      },
  c: Context,
): Response | undefined {
  if (result.success) return undefined;
  const [issue] = result.error.issues;
  const where =
    issue === undefined || issue.path.length === 0 ? 'The request' : issue.path.map(String).join('.');
  return problem(c, 400, 'bad-input', `${where}: ${issue?.message ?? 'is not valid'}`);
}
