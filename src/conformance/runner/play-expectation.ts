import { momentOfVerb } from '../../contract/moments.ts';
import { isOwnRequirement } from '../../contract/requirement.ts';
import { speaksOf } from '../../contract/speaks-of.ts';
import { showReply } from '../../smtp/reply.ts';
import type { DialogueLine, ExpectLine } from '../scenario/dialogue.ts';
import { ruleOfUnmetReply, rulesOfMetReply } from '../scenario/rule-of-expectation.ts';
import { showExpectation } from '../scenario/server-expectation.ts';
import { fillTemplate } from '../scenario/template.ts';
import type { CaseSession } from './case-session.ts';
import { compareReply, offersKeyword, type ReplyExpectation } from './compare-reply.ts';
import {
  meetsOpenStage,
  ruleOfNoReply,
  showReceived,
  stopAt,
  whyNoReply,
  type Mismatch,
  type Stage,
} from './stage.ts';
import { hintsOfUnspoken, isOwnReply, type UnmetReplyRecord } from './own-expectation.ts';
import type { Step } from './stop.ts';

/** Plays an `S:` line; `following` are the lines after it. */
export async function playExpectation(
  stage: Stage,
  session: CaseSession,
  line: ExpectLine,
  following: readonly DialogueLine[],
): Promise<Step> {
  const { expectation } = line;
  switch (expectation.kind) {
    case 'literal':
    case 'code':
    case 'class':
    case 'pattern':
      return playReply(stage, session, line, expectation);
    case 'offers':
    case 'does-not-offer':
      return playOffers(stage, session, line, expectation);
    case 'closes':
    case 'closes-without-a-reply':
      return playCloses(stage, session, line, expectation.kind);
    case 'nothing-more': {
      const isLast = following.every((later) => !('session' in later) || later.session !== line.session);
      return playNothingMore(stage, session, line, isLast);
    }
    case 'handshake-fails':
    case 'secured':
      return playSecured(stage, session, line, expectation);
  }
}

async function playReply(
  stage: Stage,
  session: CaseSession,
  line: ExpectLine,
  expectation: ReplyExpectation,
): Promise<Step> {
  const { about, values, declaresChoices } = stage;
  const received = await session.readReply(stage.replyTimeoutMs);
  const literal = expectation.kind === 'literal' ? fillTemplate(expectation.reply, values) : undefined;
  const expected = literal ?? showExpectation(expectation);
  if (received.kind !== 'reply') {
    const held = ruleOf(stage, line);
    // where nobody owes a reply, it is the author alone who expects one
    const isOwed = received.kind !== 'silence' || session.conversation.owed() > 0;
    const rule = isOwed || !isOwnRequirement(held) ? ruleOfNoReply(stage.contract, received, held) : held;
    return stopAt(line, {
      expected,
      received: showReceived(received),
      message: whyNoReply(received),
      rule,
    });
  }
  if (meetsOpenStage(stage, line.session, received.reply)) return { kind: 'ended' };
  const answers = session.replies.at(-1)?.answers;
  const compared = compareReply(expectation, received.reply, {
    contract: stage.contract,
    about,
    tag: line.rule,
    values,
    declaresChoices,
    answers,
  });
  if (compared.kind === 'met') {
    for (const [name, value] of compared.captures) values.set(name, value);
    return meet(stage, line, literal, answers);
  }
  const unmet: UnmetReplyRecord = {
    rule: compared.rule,
    expectation:
      expectation.kind === 'code' || expectation.kind === 'class'
        ? expectation
        : literal === undefined
          ? undefined
          : { text: literal },
    received: received.reply,
    answers,
  };
  const hints = line.rule === undefined ? hintsOfUnspoken(stage.contract, unmet) : undefined;
  const own = line.rule === undefined && (hints !== undefined || isOwnReply(unmet, session, stage));
  const message = 'another reply came';
  return stopAt(line, {
    expected,
    received: showReply(received.reply),
    message,
    rule: compared.rule,
    own,
    hints,
    session,
  });
}

function playOffers(
  stage: Stage,
  session: CaseSession,
  line: ExpectLine,
  expectation: Extract<ExpectLine['expectation'], { kind: 'offers' | 'does-not-offer' }>,
): Step {
  const wanted = expectation.kind === 'offers';
  const wrong = expectation.keywords.filter((keyword) => offersKeyword(session.ehlo, keyword) !== wanted);
  if (session.ehlo !== undefined && wrong.length === 0) return meet(stage, line);
  const received = session.ehlo === undefined ? 'no EHLO reply' : showReply(session.ehlo);
  const message = wanted ? `${wrong.join(', ')} is not offered` : `${wrong.join(', ')} is offered`;
  return stopAt(line, {
    expected: showExpectation(expectation),
    received,
    message,
    rule: ruleOf(stage, line),
    session,
  });
}

/** What the last handshake of the session came to. */
function playSecured(
  stage: Stage,
  session: CaseSession,
  line: ExpectLine,
  expectation: Extract<ExpectLine['expectation'], { kind: 'handshake-fails' | 'secured' }>,
): Step {
  const { secured } = session;
  const received =
    secured === undefined
      ? 'no TLS handshake'
      : secured.kind === 'failed'
        ? `the TLS handshake failed: ${secured.why}`
        : `${secured.facts.protocol.replace(/^TLSv(\d)(?:\.(\d))?$/, (_, major: string, minor = '0') => `TLS ${major}.${minor}`)}, ${secured.facts.cipher}`;
  const isMet =
    expectation.kind === 'handshake-fails'
      ? secured?.kind === 'failed'
      : secured?.kind === 'secured' &&
        received.startsWith(`${expectation.version}, `) &&
        (expectation.cipher === undefined ||
          [secured.facts.cipher, secured.opensslCipher].includes(expectation.cipher));
  return isMet
    ? meet(stage, line)
    : stopAt(line, {
        expected: showExpectation(expectation),
        received,
        message: 'the TLS handshake came to something else',
        rule: ruleOf(stage, line),
      });
}

async function playCloses(
  stage: Stage,
  session: CaseSession,
  line: ExpectLine,
  kind: 'closes' | 'closes-without-a-reply',
): Promise<Step> {
  session.closeIsExpected = true;
  const { kind: came, before } = await session.awaitClose(stage.replyTimeoutMs);
  const rule = ruleOf(stage, line);
  const expected = showExpectation({ kind });
  if (came === 'still-open') {
    const received = before === '' ? `the session is open after ${stage.replyTimeoutMs / 1000} s` : before;
    return stopAt(line, { expected, received, message: 'the gateway does not close', rule });
  }
  // without SMTP on the other side, a TLS alert may come first; it is no reply
  const spoke = kind === 'closes' ? before !== '' : /^\d{3}[ -]/m.test(before);
  return spoke
    ? stopAt(line, { expected, received: before, message: 'something came before the close', rule })
    : meet(stage, line);
}

/**
 * `<nothing more>`: NOOP gets one reply and nothing else came. Where the session says no more, QUIT follows: only then
 * is it certain that no reply is still on its way.
 */
async function playNothingMore(
  stage: Stage,
  session: CaseSession,
  line: ExpectLine,
  isLast: boolean,
): Promise<Step> {
  const early = session.injected + session.unread;
  const unmet = (received: string, message: string): Step => {
    const mismatch: Mismatch = { expected: 'nothing more', received, message, rule: ruleOf(stage, line) };
    return stopAt(line, mismatch);
  };
  if (early !== '') return unmet(early, 'something came that nobody asked for');
  if (session.isOver) return meet(stage, line);
  session.write('NOOP\r\n');
  const answer = await session.readReply(stage.replyTimeoutMs);
  if (answer.kind !== 'reply')
    return answer.kind === 'closed' ? meet(stage, line) : unmet(showReceived(answer), 'NOOP got no reply');
  if (session.unread !== '') return unmet(session.unread, 'NOOP got more than one reply');
  if (!isLast) return meet(stage, line);
  session.write('QUIT\r\n');
  const bye = await session.readReply(stage.replyTimeoutMs);
  if (bye.kind !== 'reply' || bye.reply.code === 221 || bye.reply.code === 421) return meet(stage, line);
  const extra = await session.readReply(stage.replyTimeoutMs);
  return extra.kind === 'reply'
    ? unmet(showReceived(answer), 'a reply came that nobody asked for')
    : meet(stage, line);
}

function meet(stage: Stage, line: ExpectLine, literal?: string, answers?: string): undefined {
  const moment = answers === undefined ? undefined : momentOfVerb(answers);
  for (const rule of rulesOfMetReply(stage.contract, stage.about, line.rule, literal)) {
    // what says nothing of this moment is not shown by it, and not broken either
    const isShown = moment === undefined || isOwnRequirement(rule) || speaksOf(stage.contract, rule, moment);
    if (isShown || rule === line.rule) stage.met.add(rule);
  }
  return undefined;
}

function ruleOf({ about, contract }: Stage, { rule }: ExpectLine) {
  return ruleOfUnmetReply({ contract, about, tag: rule, expected: undefined, received: undefined });
}
