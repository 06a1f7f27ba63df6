/** From what the control API shows to the facts of one case. Pure but for the hash. */
import { createHash } from 'node:crypto';
import type { Session as Transcript } from '../../control-api/history-schemas.ts';
import { addressIn } from './address-in.ts';
import type { Copy, Facts, Round, Session, Step } from './facts.ts';
import { messages, stepsOf } from './facts.ts';
import { libraryOf, type Clues, type Library } from './library.ts';
import { textOf } from './message-text.ts';
import { readSessions } from './read-sessions.ts';
import type { Told } from './told.ts';

/** One mail that was ordered, on the wall clock. */
export interface OrderedMail {
  readonly began: number;
  readonly ended: number | undefined;
  readonly told: Told;
}

/** What was seen, as it was read. */
export interface Seen extends Omit<Facts, 'rounds' | 'sessions' | 'serverNames' | 'library' | 'texts'> {
  /** What the client was told as the name of the gateway, and names that it used in other cases. */
  readonly knownNames: readonly string[];
  /** The library as other evidence than this case's shows it. */
  readonly knownLibrary: Library | undefined;
  /** The instant at which the case began, in milliseconds. */
  readonly origin: number;
  readonly transcripts: readonly Transcript[];
  readonly mails: readonly [OrderedMail, ...OrderedMail[]];
}

/** Orders and sessions are written down by two clocks in whole milliseconds: what is later may look earlier by so much. */
export const CLOCKS_APART_MS = 2;

/** Gathers the facts; a session belongs to the mail that was ordered last when it began. */
export function gatherFacts({ origin, transcripts, mails, knownNames, knownLibrary, ...rest }: Seen): Facts {
  const sessions = readSessions(transcripts, origin).map((session) =>
    withoutOurClose(session, mails, origin, rest.patience),
  );
  const rounds = mails.map((mail, index): Round => {
    const began = index === 0 ? Number.NEGATIVE_INFINITY : mail.began - origin - CLOCKS_APART_MS;
    const next = mails[index + 1];
    const until = next === undefined ? Number.POSITIVE_INFINITY : next.began - origin - CLOCKS_APART_MS;
    const own = sessionsBetween(sessions, began, until);
    return {
      began: mail.began - origin,
      ended: mail.ended === undefined ? undefined : mail.ended - origin,
      told: mail.told,
      sessions: own,
      copies: copiesIn(own),
    };
  });
  const [first, ...others] = rounds;
  if (first === undefined) throw new TypeError('A case has one mail at least.');
  const serverNames = new Set([...knownNames, ...sessions.flatMap(({ serverName }) => serverName ?? [])]);
  return {
    ...rest,
    rounds: [first, ...others],
    sessions,
    texts: [],
    serverNames: [...serverNames],
    library: libraryOf(cluesOf(sessions, mails)) ?? knownLibrary,
  };
}

/** The same facts with the texts of the messages read. */
export async function withTexts(facts: Facts): Promise<Facts> {
  return { ...facts, texts: await Promise.all(messages(facts.sessions).map(({ text }) => textOf(text))) };
}

/** What the case itself shows of the library. */
function cluesOf(sessions: readonly Session[], mails: readonly OrderedMail[]): Clues {
  return {
    headers: messages(sessions).map(({ text }) => text.split('\r\n\r\n', 1)[0] ?? ''),
    output: mails.map(({ told }) => ('output' in told ? told.output : '')).join('\n'),
    command: '',
  };
}

/** A client that was ended by us did not close its sessions: they were open when patience ended. */
function withoutOurClose(session: Session, mails: Seen['mails'], origin: number, patience: number): Session {
  const { ended } = session;
  const isOurs = mails.some(
    (mail) =>
      mail.told.kind === 'running' && ended !== undefined && ended >= mail.began - origin + patience - 1,
  );
  return isOurs ? { ...session, ended: undefined } : session;
}

/** A pooled session may serve two mails: what it said in one mail's time stays with that mail. */
function sessionsBetween(sessions: readonly Session[], from: number, until: number): readonly Session[] {
  return sessions.flatMap((session) => {
    const steps = session.steps.filter(({ at }) => at >= from && at < until);
    const begins = session.began >= from && session.began < until;
    return begins || steps.length > 0 ? [{ ...session, steps }] : [];
  });
}

/** The copies that the gateway took: a message with 250, or one whose reply was cut off, for it was charged all the same. */
function copiesIn(sessions: readonly Session[]): readonly Copy[] {
  return sessions.flatMap((session) => {
    const copies: Copy[] = [];
    let recipients: string[] = [];
    for (const step of stepsOf([session])) {
      const accepted = step.reply !== undefined && step.reply.code < 300;
      if (step.verb === 'MAIL' || step.verb === 'RSET' || step.verb === 'EHLO') recipients = [];
      if (step.verb === 'RCPT' && accepted) recipients.push(addressIn(step.text));
      if (step.kind !== 'message') continue;
      if (accepted || step.reply === undefined) {
        copies.push(...[...new Set(recipients)].map((recipient) => copyOf(recipient, step)));
      }
      recipients = [];
    }
    return copies;
  });
}

function copyOf(recipient: string, step: Step): Copy {
  const [head = '', body = ''] = step.text.split(/\r?\n\r?\n(.*)/s);
  const messageId = /^message-id:\s*(<[^>]*>)/im.exec(head)?.[1];
  const hash = createHash('sha256').update(body, 'latin1').digest('hex');
  return { at: step.reply?.at ?? step.at, recipient, messageId, body: hash, step };
}
