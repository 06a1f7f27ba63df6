/** What the stand-in answers to a request. */
export interface HttpReply {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly disposition?: string;
}

/** An answer in JSON, with a line end as Mailpit sends it. */
export function replyJson(value: unknown, status = 200): HttpReply {
  return { status, type: 'application/json', body: `${JSON.stringify(value)}\n` };
}

/** An answer in plain text. */
export function replyText(body: string | Buffer, status = 200): HttpReply {
  return { status, type: 'text/plain; charset=utf-8', body };
}

/** Nothing is there. */
export function replyNotFound(text = '404 page not found'): HttpReply {
  return replyText(text, 404);
}

/** Mailpit can do it, the stand-in cannot. */
export function replyNotInStandIn(feature: string): HttpReply {
  const sentence = `The embedded stand-in for Mailpit has no ${feature}. Install Mailpit to use it.`;
  return replyJson({ Error: sentence }, 501);
}
