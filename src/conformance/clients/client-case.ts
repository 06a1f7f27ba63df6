/** A case: how it is arranged, and how it is judged. Data and pure functions. */
import type { TlsFault, TriggerCut, TriggerStage } from '../../contract/vocabulary.ts';
import type { AccountSetup } from '../../control-api/schemas.ts';
import type { Facts } from './facts.ts';
import type { Judgement } from './grade.ts';
import { inputs, type Input, type Notification } from './order.ts';

/** A behaviour that is forced on the client; a recipient is the number of one of the order's, from 0. */
export interface Forced {
  readonly stage: TriggerStage;
  readonly recipient?: number;
  readonly reply?: string;
  /** Matches that pass before it. */
  readonly after?: number;
  readonly times?: number;
  /** Seconds before the reply, or so many of the seconds that each mail is watched. */
  readonly delay?: number | ((patience: number) => number);
  readonly drop?: TriggerCut;
  readonly tls?: TlsFault;
  /** The command is decided as ever, and the reply stands in place of the one that accepts. */
  readonly carriedOut?: boolean;
  /** The reply leaves in several segments. */
  readonly split?: boolean;
  /** Only where TLS stands as the client was told to have it, or only before that. */
  readonly when?: 'as told' | 'before TLS';
}

/** What a case asks of its account. */
export interface Arrangement {
  readonly forced?: readonly Forced[];
  /** The sender's domain; `verified` unless said. */
  readonly domain?: 'verified' | 'unverified';
  /** Recipients who have unsubscribed, by their number. */
  readonly unsubscribed?: readonly number[];
  readonly limits?: AccountSetup['limits'];
  /** Access tokens are taken beside the password: the first has expired; new ones are good, or of another scope. */
  readonly tokens?: 'new ones are good' | 'none is good';
  /** The password of the login; one that the gateway makes unless said. */
  readonly password?: string;
}

/** What the client is told to send. In addresses `{domain}` and `{sender}` stand for the domains of the case. */
export interface MailToSend {
  readonly text: string;
  readonly subject: string;
  readonly fromName: string;
  /** As the client is told it; the plain address of the sender unless said. */
  readonly from?: string;
  /** In place of `first@…` and so on. */
  readonly to?: readonly string[];
  readonly bcc: readonly string[];
  /** Which receipts the client is told to ask for; none unless said. */
  readonly dsn?: readonly Notification[];
  /** How many of these in one call. */
  readonly count: number;
}

/** A mail that no client can have trouble with: one line of ASCII. */
export const plainMail: MailToSend = {
  text: 'This is a plain mail.',
  subject: 'Hello',
  fromName: 'Shop',
  bcc: [],
  count: 1,
};

/** A plain mail but for what is said. */
export function mailWith(parts: Partial<MailToSend>): MailToSend {
  return { ...plainMail, ...parts };
}

/** What a client has to take for a case to say something. */
export function inputsOf({ mail }: Pick<ClientCase, 'mail'>): readonly Input[] {
  const wanted: Readonly<Record<Input, boolean>> = {
    SMTP_BCC: mail.bcc.length > 0,
    SMTP_SUBJECT: mail.subject !== plainMail.subject,
    SMTP_FROM_NAME: mail.fromName !== plainMail.fromName,
    SMTP_MAILS: mail.count > 1,
  };
  return inputs.filter((input) => wanted[input]);
}

/** One case of the check. */
export interface ClientCase {
  /** Short, for `--case`. */
  readonly id: string;
  /** What the client meets, in plain words. */
  readonly title: string;
  /** What is right then, in plain words. */
  readonly rightWay: string;
  /** The section or page that says so. */
  readonly source: string;
  readonly recipients: 1 | 2 | 3;
  /** How often the client is told to send, one call after the other. */
  readonly mails: number;
  /** `profile`: the mode that the user chose. */
  readonly tls: 'chosen' | 'implicit';
  /** Whether the case says something only where the client was told to use TLS. */
  readonly needsTls: boolean;
  /** Seconds of patience without which it may stay unobserved; 0 for the default. */
  readonly patience: number;
  readonly arrange: Arrangement;
  readonly mail: MailToSend;
  readonly wire: (facts: Facts) => Judgement;
  readonly told: (facts: Facts) => Judgement;
}

/** A case with the usual in place of what is not said. */
export function defineCase(
  given: Pick<ClientCase, 'id' | 'title' | 'rightWay' | 'source' | 'wire' | 'told'> & Partial<ClientCase>,
): ClientCase {
  return {
    recipients: 1,
    mails: 1,
    tls: 'chosen',
    needsTls: false,
    patience: 0,
    arrange: {},
    mail: plainMail,
    ...given,
  };
}
