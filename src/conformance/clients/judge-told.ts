/** The second axis: what the client told its caller, against what became of each recipient. Pure. */
import { keyOf } from './address-in.ts';
import { adviceOn } from './advice.ts';
import { decidingReply, type DecidingReply } from './deciding-reply.ts';
import type { Copy, Facts, Round } from './facts.ts';
import { worstJudgement, type Judgement } from './grade.ts';
import { AFTER_THE_DOT, replyOf } from './judge-wire.ts';
import { claimOf, showTold, type Claim } from './told.ts';

/**
 * What a caller should hear of a recipient who got nothing: `temporary` where a later try may help, `permanent` where
 * none does, `either` where both are sound, `untried` where nobody refused anything. Where the gateway took a copy and
 * its reply was lost, it is `unknown`, whatever the case says.
 */
export type Fate = 'temporary' | 'permanent' | 'either' | 'untried';

/** What a case says of its recipients, in the order of the order. */
export interface Fates {
  readonly of: (recipient: number, round: number) => Fate;
}

/** What became of one recipient of one mail. */
interface Outcome {
  readonly recipient: string;
  /** A copy that the gateway took. */
  readonly copy: Copy | undefined;
  /** The refusal that decided, where there was one. */
  readonly refusal: DecidingReply | undefined;
}

/** Judges what the client told its caller of every recipient of every mail; the worst counts. */
export function judgeTold(facts: Facts, fates: Fates): Judgement {
  const judged = facts.rounds.flatMap((round, number) =>
    facts.recipients.map((recipient, index) => {
      const claim = claimOf(round.told, recipient, facts.profile);
      if (claim === undefined) return unheard(round);
      const outcome = outcomeOf(round, recipient, facts.mail.count);
      return withEvidence(judgeClaim(claim, outcome, fates.of(index, number), facts), round, outcome);
    }),
  );
  const [first, ...others] = judged;
  if (first === undefined) return { grade: 'not observed', what: 'There was no recipient.' };
  return worstJudgement([first, ...others]);
}

function unheard(round: Round): Judgement {
  const what =
    round.told.kind === 'nothing'
      ? 'An application that sends by itself tells nobody.'
      : 'It was still at it when patience ended, and had told nothing yet.';
  return { grade: 'not observed', what };
}

/** Of several mails in one call the last counts: who has fewer than were ordered lacks one. */
function outcomeOf(round: Round, recipient: string, mails: number): Outcome {
  const own = round.copies.filter((copy) => copy.recipient === keyOf(recipient));
  const due = own.length < mails ? [] : own;
  // a copy whose reply was lost is known to nobody but the gateway
  const copy = due.find(({ step }) => step.reply !== undefined) ?? due[0];
  return { recipient, copy, refusal: decidingReply(round, recipient) };
}

function withEvidence(judgement: Judgement, round: Round, { copy, refusal }: Outcome): Judgement {
  const decided =
    copy === undefined ? refusal : copy.step.reply && { session: copy.step.session, reply: copy.step.reply };
  return {
    ...judgement,
    evidence: {
      at: round.ended ?? round.began,
      line: `client ${showTold(round.told)}`,
      ...(decided && replyOf(decided.session, decided.reply)),
    },
  };
}

function judgeClaim(claim: Claim, outcome: Outcome, fate: Fate, facts: Facts): Judgement {
  const { copy, recipient } = outcome;
  if (copy === undefined) {
    return { ...judgeLost(claim, outcome, asMet(fate, outcome), facts), restsOnAbsence: true };
  }
  return copy.step.reply === undefined
    ? { ...judgeUnknown(claim, recipient, facts), restsOnAbsence: true }
    : judgeDelivered(claim, recipient);
}

/** A client that met another refusal than the case forces may say either. */
function asMet(fate: Fate, { refusal }: Outcome): Fate {
  if (refusal === undefined) return fate;
  const isOther = refusal.reply.code >= 500 ? fate === 'temporary' : fate === 'permanent';
  return isOther ? 'either' : fate;
}

function judgeDelivered(claim: Claim, recipient: string): Judgement {
  const advice = 'Report each recipient by itself; never one failure for a mail that some have.';
  switch (claim) {
    case 'accepted':
      return { grade: 'right', what: 'Said that the mail was accepted, and it was.' };
    case 'taken':
      return { grade: 'right', what: 'Took the mail into its queue, and sent it.' };
    case 'unknown':
      return { grade: 'acceptable', what: `Called it open whether ${recipient} has the mail, who has it.` };
    case 'unnamed':
      return {
        grade: 'wrong',
        what: `${recipient} has the mail, and the caller was told nothing of that.`,
        harm: 'A caller that takes silence for a failure sends the mail twice, and pays twice.',
        advice,
      };
    case 'rejected':
      return {
        grade: 'wrong',
        what: `${recipient} has the mail, and the caller was told that it was refused for good.`,
        harm: 'The caller strikes out an address that works.',
        advice,
      };
    case 'deferred':
    case 'failed':
      return {
        grade: 'wrong',
        what: `${recipient} has the mail, and the caller was told that it failed.`,
        harm: 'A caller that tries again sends the mail twice, and pays twice.',
        advice,
      };
  }
}

/** The gateway took the mail and charged it, and its reply was lost. */
function judgeUnknown(claim: Claim, recipient: string, facts: Facts): Judgement {
  switch (claim) {
    case 'unknown':
      return { grade: 'right', what: 'Said that it does not know whether the mail was sent.' };
    case 'taken':
      return { grade: 'right', what: 'Took the mail into its queue; its caller is told of no single try.' };
    case 'deferred':
      return {
        grade: 'acceptable',
        what: `Said that the mail to ${recipient} may be tried again later, though the gateway may have taken it, as it had.`,
        harm: `A caller that does so sends the mail twice; ${showCharged(facts)} so far.`,
        advice: AFTER_THE_DOT,
      };
    case 'failed':
      return {
        grade: 'acceptable',
        what: `Said that the mail to ${recipient} failed, but not that the gateway may have taken it, as it had.`,
        harm: `A caller that sends it again sends it twice; ${showCharged(facts)} so far.`,
        advice: AFTER_THE_DOT,
      };
    case 'accepted':
      return {
        grade: 'wrong',
        what: 'Counts as sent what no reply has confirmed.',
        harm: 'Here the gateway had taken it; where it has not, the email is lost and nobody knows.',
        advice: 'Only a 250 after the final dot means sent; report as unknown what ends without it.',
      };
    case 'rejected':
    case 'unnamed':
      return {
        grade: 'wrong',
        what:
          claim === 'rejected'
            ? `Said that the mail to ${recipient} was refused, which no reply said.`
            : `Said nothing at all of ${recipient}, whose mail the gateway had taken.`,
        harm: `A caller that sends it again as a new mail sends it twice; ${showCharged(facts)} so far.`,
        advice: AFTER_THE_DOT,
      };
  }
}

function showCharged({ charged }: Facts): string {
  return charged === 1 ? 'one send is charged' : `${charged} sends are charged`;
}

function judgeLost(claim: Claim, outcome: Outcome, fate: Fate, facts: Facts): Judgement {
  const { recipient, refusal } = outcome;
  switch (claim) {
    case 'accepted':
    case 'unnamed':
      return {
        grade: 'dangerous',
        what:
          claim === 'accepted'
            ? `Said that ${recipient} was accepted, who got nothing.`
            : `Said nothing at all of ${recipient}, who got nothing.`,
        harm: 'The email is lost, and nobody knows.',
        advice: adviceOn('read what became of each recipient', facts),
      };
    case 'taken':
      return {
        grade: 'not observed',
        what: 'Took the mail into its queue; what becomes of it is not told here.',
      };
    case 'unknown':
      return {
        grade: 'acceptable',
        what: `Called it open whether ${recipient} has the mail, though ${refusal === undefined ? 'no message was sent to the end' : `the gateway refused it with ${refusal.reply.code}`}.`,
      };
    case 'failed':
      return judgeFailed(fate, recipient);
    case 'deferred':
      return judgeDeferred(fate, outcome, facts);
    case 'rejected':
      return judgeRejected(fate, outcome);
  }
}

function judgeFailed(fate: Fate, recipient: string): Judgement {
  const what = `Said that the mail to ${recipient} failed`;
  return fate === 'temporary'
    ? {
        grade: 'acceptable',
        what: `${what}, but not that a later try may help.`,
        advice: 'Tell the two kinds apart: exit code 75, or the address under "deferred" in the JSON line.',
      }
    : { grade: 'right', what: `${what}.` };
}

function judgeDeferred(fate: Fate, { recipient, refusal }: Outcome, { profile }: Facts): Judgement {
  if (fate !== 'permanent' || refusal === undefined) {
    return {
      grade: 'right',
      what: profile === 'queue' ? 'Keeps the mail for later.' : 'Said that it may be tried again later.',
    };
  }
  return {
    grade: 'wrong',
    what: `Said that ${recipient} may be tried again later, though ${refusal.reply.code} is permanent.`,
    harm: 'The caller tries for ever what can never work.',
    advice: 'A code that begins with 5 is final: report it as rejected.',
  };
}

function judgeRejected(fate: Fate, { recipient, refusal }: Outcome): Judgement {
  if (fate === 'untried' && refusal === undefined) {
    return {
      grade: 'wrong',
      what: `Said that the mail to ${recipient} was refused, which nobody was asked.`,
      harm: 'The email is lost, for a reason that no longer holds.',
      advice: 'Report what the gateway said of this mail, not of an earlier one.',
    };
  }
  if (fate !== 'temporary') return { grade: 'right', what: 'Said that the mail was refused.' };
  const harm = 'The email is given up, though it would have gone out later.';
  return refusal === undefined
    ? {
        grade: 'wrong',
        what: `Said that the mail to ${recipient} was refused for good, though no reply said so.`,
        harm,
        advice:
          'A connection that breaks or stays silent before the final dot refuses nothing: keep the mail.',
      }
    : {
        grade: 'wrong',
        what: `Called the refusal of ${recipient} permanent, though ${refusal.reply.code} asks to try later.`,
        harm,
        advice: 'Decide by the first digit of the reply: 4 is later, 5 is never.',
      };
}
