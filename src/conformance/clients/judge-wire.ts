/** What graders of the wire share. Pure. */
import { keyOf } from './address-in.ts';
import { adviceOn } from './advice.ts';
import {
  commands,
  hasRealName,
  isOver,
  showSeconds,
  stepsOf,
  type Copy,
  type Facts,
  type Reply,
  type Round,
  type Session,
  type Step,
} from './facts.ts';
import { worstJudgement, type Evidence, type Judgement } from './grade.ts';

/** A grade that is right. */
export function right(what: string, evidence?: Evidence): Judgement {
  return { grade: 'right', what, ...(evidence && { evidence }) };
}

/** A grade that nothing was seen for. */
export function notObserved(what: string): Judgement {
  return { grade: 'not observed', what };
}

/** What a step shows as evidence, with the reply to it. */
export function lineOf(step: Step): Evidence {
  const said = step.kind === 'message' ? '(the message)' : step.text;
  return { at: step.at, line: `C${step.session}: ${said}`, ...replyOf(step.session, step.reply) };
}

/** A connection as evidence, with its greeting. */
export function connectionOf(session: Session): Evidence {
  return {
    at: session.began,
    line: `C${session.number}: (connects)`,
    ...replyOf(session.number, session.greeting),
  };
}

/** A handshake that failed, as evidence. */
export function handshakeOf({ number, began, failedHandshake = '' }: Session): Evidence {
  return { at: began, line: `C${number}: handshake failed: ${failedHandshake}` };
}

/** A reply as the second half of evidence. */
export function replyOf(session: number, reply: Reply | undefined): Pick<Evidence, 'reply'> {
  return reply === undefined ? {} : { reply: { at: reply.at, line: `S${session}: ${reply.text}` } };
}

/** The same mail more than once to one recipient within one round of so many mails: charged each time. */
export function duplicateOf(round: Round, mails: number): readonly [Copy, Copy] | undefined {
  for (const all of Map.groupBy(round.copies, ({ recipient }) => recipient).values()) {
    const [first, ...others] = all.slice(mails - 1);
    const again = others.find(
      (copy) =>
        copy.body === first?.body || (copy.messageId !== undefined && copy.messageId === first?.messageId),
    );
    if (first !== undefined && again !== undefined) return [first, again];
  }
  return undefined;
}

/** Duplicates are dangerous in whatever case they come. */
export function judgeDuplicates(facts: Facts): Judgement | undefined {
  for (const round of facts.rounds) {
    const pair = duplicateOf(round, facts.mail.count);
    if (pair === undefined) continue;
    const [first, again] = pair;
    return {
      grade: 'dangerous',
      what: `${first.recipient} got the same mail ${times(copiesTo(round, first.recipient))}, ${showSeconds(facts, again.at - first.at)} apart.`,
      harm: chargedHarm(facts),
      advice: adviceOnDuplicate(first, round),
      evidence: lineOf(again.step),
    };
  }
  return undefined;
}

/** What copies cost, by what was deducted. */
export function chargedHarm({ charged, rounds }: Facts): string {
  const copies = rounds.reduce((sum, round) => sum + round.copies.length, 0);
  return `${copies} copies were sent, and ${charged} sends charged.`;
}

/** A small number of times in words. */
export function times(count: number): string {
  return count === 2 ? 'twice' : `${count} times`;
}

function adviceOnDuplicate({ step }: Copy, { sessions }: Round): string {
  if (step.reply === undefined) return AFTER_THE_DOT;
  const isPartial = commands(sessions, 'RCPT').some(({ reply }) => (reply?.code ?? 0) >= 400);
  return isPartial
    ? 'After a partial refusal send again only to those who were refused.'
    : 'The 250 after the final dot is the end: never send that mail again (RFC 5321 §6.1).';
}

/** What to do where the reply to the final dot does not come. */
export const AFTER_THE_DOT =
  'After the final dot wait up to ten minutes for the reply; where none comes tell the caller that it is not known.';

/** Milliseconds in which a command may be read here that left before its client had the reply to the one before: a busy machine takes its time. */
const PIPELINED_MS = 100;

/** Commands to a session that has said 421. QUIT is allowed, and what was pipelined cannot be called back. */
export function judgeLateCommands(facts: Facts): Judgement | undefined {
  const late = stepsOf(facts.sessions).filter((step) => step.late && step.verb !== 'QUIT');
  const [first] = late;
  if (first === undefined) return undefined;
  const onTheirWay = new Set(facts.sessions.flatMap(pipelinedBehindGoodbye));
  const bad = late.find((step) => step.verb !== 'RSET' && !onTheirWay.has(step));
  if (bad !== undefined) {
    return {
      grade: 'wrong',
      what: 'Goes on in a session that has said goodbye.',
      // one command alone may be the first of a transaction that was pipelined
      restsOnAbsence: bad.verb === 'RCPT' || bad.verb === 'DATA',
      harm: 'What it writes there is lost.',
      advice: '421 closes the session, whatever it answers (RFC 5321 §3.8): open a new one.',
      evidence: lineOf(bad),
    };
  }
  return {
    grade: 'acceptable',
    what: `Says ${first.verb} to a session that has said goodbye${first.verb === 'RSET' ? '' : '; it may have been on its way'}.`,
    advice: 'After 421 only QUIT is of use.',
    evidence: lineOf(first),
  };
}

/**
 * The rest of a transaction that was sent in one go (RFC 2920 §3.1). Several commands to a gateway that no longer answers
 * show it: who reads replies waits after the first. One alone is believed where it came soon, for nothing tells it from a
 * client that did not listen, and pipelining is allowed.
 */
function pipelinedBehindGoodbye({ pipelining, steps }: Session): readonly Step[] {
  const goodbye = steps.findLast(({ reply }) => reply?.code === 421)?.reply?.at;
  if (!pipelining || goodbye === undefined) return [];
  const late = steps.filter((step) => step.late && step.verb !== 'QUIT');
  const isRest = /^(?:RCPT )*(?:RCPT|DATA)$/.test(late.map(({ verb }) => verb).join(' '));
  const isSoon = late.every(({ at }) => at - goodbye < PIPELINED_MS);
  return isRest && (late.length > 1 || isSoon) ? late : [];
}

/** Several sessions opened side by side after `after`. */
export function judgeParallel(facts: Facts, after: number): Judgement | undefined {
  const later = facts.sessions.filter(({ began }) => began > after);
  const second = later.find((session, index) => {
    const before = later[index - 1];
    return before !== undefined && session.began < (before.ended ?? Number.POSITIVE_INFINITY);
  });
  return (
    second && {
      grade: 'wrong',
      what: 'Opens several connections side by side to a server that is overloaded.',
      harm: 'An overload gets worse, and the mail later.',
      advice: adviceOn('one connection at a time', facts),
      evidence: connectionOf(second),
    }
  );
}

/** How a client that was refused for now comes again. */
export interface Retry {
  /** Milliseconds before the first time and between later ones. */
  readonly gaps: readonly number[];
  readonly evidence: readonly Evidence[];
}

/** The tries after the first, of whatever tells a try. */
export function retriesOf(tries: readonly Evidence[]): Retry {
  return {
    gaps: tries.slice(1).map((each, index) => each.at - (tries[index]?.at ?? 0)),
    evidence: tries.slice(1),
  };
}

/** A try again that came sooner than `least` seconds. */
export function tooSoon(
  { gaps, evidence }: Retry,
  least: number,
  facts: Facts,
): { readonly gap: number; readonly evidence: Evidence } | undefined {
  // a timer may fire a moment early, and two clocks are compared
  const index = gaps.findIndex((gap) => gap < least * facts.second * 0.98 - 2);
  const [gap, line] = [gaps[index], evidence[index]];
  return gap === undefined || line === undefined ? undefined : { gap, evidence: line };
}

/** How many got the mail of a round, of one recipient. */
export function copiesTo(round: Round, recipient: string | undefined): number {
  return recipient === undefined
    ? 0
    : round.copies.filter((copy) => copy.recipient === keyOf(recipient)).length;
}

/** Everybody has the mail of every round. */
export function allDelivered(facts: Facts): boolean {
  return facts.rounds.every((round) =>
    facts.recipients.every((recipient) => copiesTo(round, recipient) >= facts.mail.count),
  );
}

/** The worst judgement of those that hold, the first of equals. */
export function worstOf(...judgements: readonly (Judgement | undefined | false)[]): Judgement | undefined {
  const [first, ...others] = judgements.filter((one) => one !== undefined && one !== false);
  return first && worstJudgement([first, ...others]);
}

/** A login without TLS although TLS was wanted. */
export function judgeClearLogin(facts: Facts): Judgement | undefined {
  if (facts.tls === 'none') return undefined;
  const clear = commands(facts.sessions, 'AUTH').find((step) => !step.tls);
  return (
    clear &&
    unlessLocal(facts, {
      grade: 'dangerous',
      what: 'Sends login and password in clear, although TLS was wanted.',
      harm: 'Passwords shown in clear: whoever is on the way can read the login and send at your cost.',
      advice: adviceOn('demand TLS', facts),
      evidence: lineOf(clear),
    })
  );
}

/** A fault of TLS counts where the client knew the gateway by a name that no library trusts for being local. */
export function unlessLocal(facts: Facts, judgement: Judgement): Judgement {
  if (hasRealName(facts)) return judgement;
  const [name = ''] = facts.serverNames;
  return {
    grade: 'not observed',
    what: `${judgement.what.slice(0, -1)}, to a server that is called ${name} here: some libraries trust that name, so this says nothing of another server.`,
    advice:
      'Let the program take SMTP_SERVERNAME for the name of the server, or give 127.0.0.1 that name in the hosts file.',
    ...(judgement.evidence && { evidence: judgement.evidence }),
  };
}

/** Messages, or what was meant as one, that came without a 354. */
export function judgeContentWithoutGo(facts: Facts): Judgement | undefined {
  for (const session of facts.sessions) {
    const index = session.steps.findIndex(
      ({ verb, reply }) => verb === 'DATA' && reply !== undefined && reply.code !== 354,
    );
    if (index === -1) continue;
    const next = session.steps[index + 1];
    if (next === undefined || KNOWN_VERBS.has(next.verb)) continue;
    return {
      grade: 'wrong',
      what: 'Sends the message although DATA was not answered with 354.',
      harm: 'The lines of the mail are read as commands: the email is lost, and a line in it could order something.',
      advice: 'Only 354 opens the data (RFC 5321 §3.3); read the reply before the first byte.',
      evidence: lineOf(next),
    };
  }
  return undefined;
}

/** Verbs of SMTP, by which a command is told from a line of a mail. */
export const KNOWN_VERBS: ReadonlySet<string> = new Set([
  'EHLO',
  'HELO',
  'AUTH',
  'MAIL',
  'RCPT',
  'DATA',
  'RSET',
  'NOOP',
  'QUIT',
  'STARTTLS',
  'VRFY',
  'HELP',
]);

/** Whether the absence of something says anything: the client is through, or was watched for `seconds`. */
export function isConclusive(facts: Facts, seconds: number): boolean {
  return isOver(facts) || facts.patience >= seconds * facts.second;
}

/** Whether the client did anything on the wire at all. */
export function isSilent(facts: Facts): boolean {
  return facts.sessions.length === 0;
}
