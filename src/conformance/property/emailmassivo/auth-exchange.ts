import { claimOf, isLogin, notUtf8, textsOf, type AuthClaim, type AuthPlan } from './auth-plan.ts';
import { documented, type Draft, type Expected, type SessionNumber } from './draft.ts';
import { inMaintenance, syntax } from './expected-replies.ts';
import { authOrder, rightReply, wrongReply } from './verbs.ts';
import { changeWorld } from './world-steps.ts';

const refused: Expected = { reply: '501 *', rule: 'auth.mechanisms' };

/** Attempts under a name that nobody has, within one scenario: one more would lock it. */
const NAMELESS_ATTEMPTS = 4;

/** Appends an AUTH exchange of the first login, and what must come of it. */
export function exchangeAuth(draft: Draft, at: SessionNumber, plan: AuthPlan): void {
  const { mechanism, initial, fault, faultAt } = plan;
  if (claimOf(plan) === 'a name that nobody has' && draft.namelessAttempts >= NAMELESS_ATTEMPTS) return;
  const responses = writeResponses(draft, plan);
  const first = initial ? ` ${responses[0] ?? ''}` : '';
  const command = `AUTH${mechanism === '' ? '' : ` ${mechanism}${first}`}`;
  const forbidden = inMaintenance(draft) ?? authOrder(draft, at) ?? unknownMechanism(mechanism);
  if (forbidden !== undefined) return draft.exchange(at, command, forbidden);
  draft.say(at, command);
  for (const [index, response] of responses.entries()) {
    const isInitial = index === 0 && initial;
    if (!isInitial) {
      draft.expect(at, challengeOf(mechanism, index));
      if (index === responses.length - 1) interlude(draft, plan);
      sayResponse(draft, at, response);
    }
    if (fault !== 'none' && index === Math.min(faultAt, responses.length - 1)) {
      const verdict = verdictOnFault(fault, isInitial);
      if (verdict !== undefined) return draft.expect(at, verdict);
    }
  }
  // a lone = said nothing at all
  const claim = fault === 'a lone =' ? 'nobody' : claimOf(plan);
  draft.expect(at, replyTo(draft, at, claim));
}

function unknownMechanism(mechanism: AuthPlan['mechanism']): Expected | undefined {
  if (mechanism === '') return syntax;
  return mechanism === 'CRAM-MD5' || mechanism === 'XOAUTH2'
    ? { reply: '5xx *', rule: 'auth.mechanisms.list' }
    : undefined;
}

function challengeOf(mechanism: AuthPlan['mechanism'], index: number): Expected {
  if (!isLogin(mechanism)) return { reply: '334 *', rule: 'auth.mechanisms' };
  const asked = index === 0 ? 'VXNlcm5hbWU6' : 'UGFzc3dvcmQ6';
  return { reply: `334 ${asked}`, rule: 'auth.mechanisms.login' };
}

/** The responses as they are written, with what is wrong with one of them. */
function writeResponses(draft: Draft, plan: AuthPlan): readonly string[] {
  const { mechanism, initial, fault, faultAt, says } = plan;
  const texts = textsOf(plan);
  return texts.map((text, index) => {
    const isInitial = index === 0 && initial;
    const isFaulty = index === Math.min(faultAt, texts.length - 1);
    if (isFaulty && fault === 'cancelled') return '*';
    if (isFaulty && fault === 'a lone =') return '=';
    const written = writeResponse(draft, text, says === 'no UTF-8' && index === 0, mechanism);
    if (isFaulty && fault === 'two words') return `${written || 'AA=='} AA==`;
    if (isFaulty && fault === 'a = too many') return `${written || 'AA=='}=`;
    if (isFaulty && fault === 'a sign that is none') return `${written}!`;
    // an empty initial response is written so (RFC 4954 §4)
    return written === '' && isInitial ? '=' : written;
  });
}

function writeResponse(
  draft: Draft,
  text: string,
  isLatin: boolean,
  mechanism: AuthPlan['mechanism'],
): string {
  if (isLatin) return isLogin(mechanism) ? notUtf8.LOGIN : notUtf8.PLAIN;
  return text === '' ? '' : `\${${draft.variable(text)}|base64}`;
}

function sayResponse(draft: Draft, at: SessionNumber, response: string): void {
  if (response === '') draft.say(at, String.raw`\r\n`, '>');
  else draft.say(at, response);
}

/** What a faulty response gets; a lone = that may stand there says nothing, and the exchange goes on. */
function verdictOnFault(fault: AuthPlan['fault'], isInitial: boolean): Expected | undefined {
  if (fault === 'a lone =' && isInitial) return undefined;
  return refused;
}

function interlude(draft: Draft, { interlude: what }: AuthPlan): void {
  switch (what) {
    case 'nothing':
      return;
    case 'maintenance on':
      return changeWorld(draft, { kind: 'maintenance', on: true });
    case 'block':
      return changeWorld(draft, { kind: 'block', blocked: true });
    case 'new password':
      return changeWorld(draft, { kind: 'new-password' });
  }
}

/** What credentials get that were read; an AUTH that was begun before maintenance is finished. */
function replyTo(draft: Draft, at: SessionNumber, claim: AuthClaim): Expected {
  switch (claim) {
    case 'right':
      return rightReply(draft, at, 'first');
    case 'wrong': {
      const reply = wrongReply(draft, 'first');
      // a 235 in its place is about the credentials, not about the order of checks
      return { ...reply, rule: reply.rule ?? 'error.535' };
    }
    case 'nobody': {
      const session = draft.sessions[at];
      session.nobodyFailed += 1;
      const isLockedNow = session.nobodyFailed > 5;
      return {
        ...documented(isLockedNow ? 'error.454' : 'error.535'),
        rule: isLockedNow ? 'error.454.window' : 'auth.mechanisms',
      };
    }
    case 'a name that nobody has':
      draft.namelessAttempts += 1;
      return { ...documented('error.535'), rule: 'error.535' };
  }
}
