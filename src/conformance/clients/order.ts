/** What a client is told to do, however it is launched. */

/** What a delivery status notification can be asked for (RFC 3461 §4.1). */
export type Notification = 'success' | 'failure' | 'delay';

/** One mail, as a client is told to send it. */
export interface Order {
  /** The case's id. */
  readonly case: string;
  /** Where to connect. */
  readonly host: string;
  /** What the server is called, and what its certificate is for: the host, unless that has no name but `localhost`. */
  readonly serverName: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly tls: 'implicit' | 'starttls' | 'none';
  /** The root to trust, and no other: PEM, and a file that holds it. */
  readonly ca: string;
  readonly caFile: string;
  readonly from: string;
  readonly to: readonly string[];
  /** Recipients whom nobody else may see. */
  readonly bcc: readonly string[];
  readonly subject: string;
  /** The display name of the sender. */
  readonly fromName: string;
  /** Which delivery status notifications to ask for (RFC 3461 §4.1), where the server offers DSN; mostly none. */
  readonly dsn: readonly Notification[];
  /** The text that the mail should carry. */
  readonly text: string;
  /** An access token to log in with in place of the password (AUTH XOAUTH2 or OAUTHBEARER), and where a new one is had. */
  readonly token?: { readonly access: string; readonly url: string } | undefined;
  /** How many mails to send in this one call, all alike, over one connection where the client can. */
  readonly mails: number;
}

/** What a client may be told beyond sender, recipients and text; not each takes all of it. */
export const inputs = ['SMTP_BCC', 'SMTP_SUBJECT', 'SMTP_FROM_NAME', 'SMTP_MAILS'] as const;
export type Input = (typeof inputs)[number];

/** The order as environment variables, for programs. */
export function environmentOf(order: Order): Readonly<Record<string, string>> {
  return {
    SMTP_HOST: order.host,
    SMTP_SERVERNAME: order.serverName,
    SMTP_PORT: String(order.port),
    SMTP_USER: order.user,
    SMTP_PASS: order.password,
    SMTP_TLS: order.tls,
    SMTP_CA: order.caFile,
    SMTP_FROM: order.from,
    SMTP_TO: order.to.join(','),
    SMTP_BCC: order.bcc.join(','),
    SMTP_SUBJECT: order.subject,
    SMTP_FROM_NAME: order.fromName,
    SMTP_MAILS: String(order.mails),
    SMTP_DSN: order.dsn.join(','),
    SMTP_TOKEN: order.token?.access ?? '',
    SMTP_TOKEN_URL: order.token?.url ?? '',
    SMTP_CASE: order.case,
    SMTP_TEXT: order.text,
  };
}

/** The words of a command, `{host}`, `{port}`, `{to}` … in place. */
export function fillCommand(words: readonly string[], order: Order): readonly string[] {
  const values = Object.entries(environmentOf(order)).map(
    ([name, value]) => [`{${name.slice('SMTP_'.length).toLowerCase()}}`, value] as const,
  );
  return words.map((word) => values.reduce((text, [name, value]) => text.replaceAll(name, value), word));
}
