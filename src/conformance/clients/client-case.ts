/** A case: how it is arranged, and how it is judged. Data and pure functions. */
import type { TriggerStage, TlsFault } from '../../contract/vocabulary.ts';
import type { AccountSetup } from '../../control-api/schemas.ts';
import type { Facts } from './facts.ts';
import type { Judgement } from './grade.ts';

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
  readonly drop?: 'before reply' | 'after reply';
  readonly tls?: TlsFault;
}

/** What a case asks of its account. */
export interface Arrangement {
  readonly forced?: readonly Forced[];
  /** The sender's domain; `verified` unless said. */
  readonly domain?: 'verified' | 'unverified';
  /** Recipients who have unsubscribed, by their number. */
  readonly unsubscribed?: readonly number[];
  readonly limits?: AccountSetup['limits'];
}

/** What the client is told to send. */
export interface MailToSend {
  readonly text: string;
}

/** A mail that no client can have trouble with: one line of ASCII. */
export const plainMail: MailToSend = { text: 'This is a plain mail.' };

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
  readonly recipients: 1 | 2;
  /** How many mails the client is told to send, one after the other. */
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
