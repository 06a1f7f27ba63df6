import { showReply } from '../../smtp/reply.ts';
import {
  isClientLine,
  type ClientLine,
  type DialogueLine,
  type OpenStageLine,
} from '../scenario/dialogue.ts';
import { fillTemplate } from '../scenario/template.ts';
import type { CaseSession } from './case-session.ts';
import { meetsOpenStage, ruleOfNoReply, showReceived, stopAt, type Stage } from './stage.ts';
import { ruleOfUnmetReply } from '../scenario/rule-of-expectation.ts';
import type { Step } from './stop.ts';

/**
 * Plays an `S?` line: from here on its reply may come to any command. Where no `S:` line follows, it takes the reply
 * that is owed, and goes on if that accepts.
 */
export async function playOpenStage(
  stage: Stage,
  session: CaseSession,
  line: OpenStageLine,
  following: readonly DialogueLine[],
): Promise<Step> {
  stage.openStages.push(line);
  const next = following.find((later) => 'session' in later && later.session === line.session);
  if (next?.kind === 'expect' || session.conversation.owed() === 0) return undefined;
  const received = await session.readReply(stage.replyTimeoutMs);
  if (received.kind === 'reply') {
    if (meetsOpenStage(stage, line.session, received.reply)) return { kind: 'ended' };
    if (received.reply.code < 400) return undefined;
  }
  const expected = fillTemplate(line.reply, stage.values);
  const reply = received.kind === 'reply' ? showReply(received.reply) : undefined;
  const rule = ruleOfUnmetReply({
    contract: stage.contract,
    about: stage.about,
    tag: line.rule,
    expected,
    received: reply,
  });
  return stopAt(line, {
    expected,
    received: showReceived(received),
    message: 'another reply came',
    rule: received.kind === 'reply' ? rule : ruleOfNoReply(stage.contract, received, rule),
    session: received.kind === 'reply' ? session : undefined,
  });
}

/** Stops where the last line at which an open stage could still have been met is behind us. */
export function checkOpenStages(
  stage: Stage,
  dialogue: readonly DialogueLine[],
  played: DialogueLine | undefined,
): Step {
  for (const open of stage.openStages) {
    if (played !== undefined && dialogue.indexOf(played) < lastChance(dialogue, open)) continue;
    const last = stage.sessions.get(open.session)?.replies.at(-1);
    const expected = fillTemplate(open.reply, stage.values);
    const received = last === undefined ? undefined : showReply(last.reply);
    return stopAt(open, {
      expected: `${expected} by <${open.by}>`,
      received: received ?? 'no reply',
      message: 'the reply did not come to any command up to that stage',
      rule: ruleOfUnmetReply({
        contract: stage.contract,
        about: stage.about,
        tag: open.rule,
        expected,
        received,
      }),
    });
  }
  return undefined;
}

/** The index of the last line that reads a reply to a command of the stage. */
function lastChance(dialogue: readonly DialogueLine[], open: OpenStageLine): number {
  const from = dialogue.indexOf(open);
  let verbs: readonly string[] = [];
  let last = from;
  for (const [index, line] of dialogue.entries()) {
    if (!('session' in line) || line.session !== open.session) continue;
    if (isClientLine(line)) verbs = verbsOf(line);
    if (index > from && verbs.includes(open.by)) last = index;
  }
  return last;
}

function verbsOf(line: ClientLine): readonly string[] {
  if (line.kind === 'say') {
    const verb = line.text.text.trimStart().split(/\s/)[0]?.toUpperCase() ?? '';
    return [verb === '.' ? 'end of data' : verb];
  }
  switch (line.macro.kind) {
    case 'session':
      return ['connect', 'EHLO', 'STARTTLS', 'AUTH'];
    case 'open':
      return ['connect', 'EHLO', 'STARTTLS'];
    case 'connect':
      return ['connect'];
    case 'tls-handshake':
      return ['STARTTLS'];
    case 'login':
    case 'wrong-login':
    case 'auth-line':
    case 'token-line':
      return ['AUTH'];
    case 'envelope':
      return ['MAIL', 'RCPT', 'DATA'];
    case 'send':
      return ['MAIL', 'RCPT', 'DATA', 'end of data'];
    case 'message':
      return line.macro.part === 'first half' ? [] : ['end of data'];
    case 'close':
    case 'half-close':
    case 'reset':
      return [];
  }
}
