import { isRuleId } from '../../../contract/emailmassivo/transition.ts';
import { showReply } from '../../../smtp/reply.ts';
import { defaultChoices } from '../choices.ts';
import type { Decision } from '../decision.ts';
import type { Recipients, SessionFacts } from '../facts.ts';

/** A session before its greeting; what the others have done is in their names. */
export const fresh: SessionFacts = { tls: false, helloSaid: false, loggedIn: false, inTransaction: false };
export const greeted: SessionFacts = { ...fresh, helloSaid: true };
export const loggedIn: SessionFacts = { ...greeted, loggedIn: true };
export const inTransaction: SessionFacts = { ...loggedIn, inTransaction: true };

/** Limits that a test reaches quickly. */
export const choices = {
  ...defaultChoices,
  rateLimit: 2,
  recipientLimit: 3,
  sizeLimit: 200,
  sessionLimit: 2,
};

/** So many accepted recipients, among them `also` if it is given. */
export function some(count: number, also = 'r0@c.example'): Recipients {
  const path = { text: also, localPart: 'x', domain: 'y' };
  return new Map(Array.from({ length: count }, (_, at) => [at === 0 ? also : `r${at}@c.example`, path]));
}

/** A decision as one line: what is answered, and whether the session ends. A refusal must name a rule of the contract. */
export function said(decision: Decision): string {
  if (decision.kind !== 'accept' && !isRuleId(decision.rule)) {
    throw new Error(`"${decision.rule}" is no rule, so no transcript could tell why.`);
  }
  if (!['accept', 'refuse', 'refuse and close'].includes(decision.kind)) {
    throw new Error(`"${decision.kind}" is no kind of decision.`);
  }
  return `${showReply(decision.reply)}${decision.kind === 'refuse and close' ? ' | closes' : ''}`;
}
