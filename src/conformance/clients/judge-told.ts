/** The second axis: what the client told its caller, against what became of each recipient. Pure. */
import type { Facts, Round } from './facts.ts';
import { worstJudgement, type Judgement } from './grade.ts';
import { claimOf, showTold, type Claim } from './told.ts';

/**
 * What a caller should hear of a recipient who got nothing: `temporary` where a later try may help, `permanent` where
 * none does, `either` where both are sound, `unknown` where a cut left it open, `untried` where nobody refused anything.
 */
export type Fate = 'temporary' | 'permanent' | 'either' | 'unknown' | 'untried';

/** What a case says of its recipients, in the order of the order. */
export interface Fates {
  readonly of: (recipient: number, round: number) => Fate;
}

/** Judges what the client told its caller of every recipient of every mail; the worst counts. */
export function judgeTold(facts: Facts, fates: Fates): Judgement {
  const judged = facts.rounds.flatMap((round, number) =>
    facts.recipients.map((recipient, index) => {
      const claim = claimOf(round.told, recipient, facts.profile);
      if (claim === undefined) return unheard(round);
      // a copy whose reply was cut off is known to nobody but the gateway
      const known = round.copies.some(
        ({ recipient: to, step }) => to === recipient.toLowerCase() && step.reply !== undefined,
      );
      const judgement = known
        ? judgeDelivered(claim, recipient)
        : judgeLost(claim, fates.of(index, number), recipient, facts);
      return withEvidence(judgement, round);
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

function withEvidence(judgement: Judgement, round: Round): Judgement {
  const at = round.ended ?? round.began;
  return { ...judgement, evidence: { at, line: `client ${showTold(round.told)}` } };
}

function judgeDelivered(claim: Claim, recipient: string): Judgement {
  switch (claim) {
    case 'accepted':
      return { grade: 'right', what: 'Said that the mail was accepted, and it was.' };
    case 'taken':
      return { grade: 'right', what: 'Took the mail into its queue, and sent it.' };
    case 'unknown':
      return { grade: 'acceptable', what: `Called it open whether ${recipient} has the mail, who has it.` };
    case 'rejected':
    case 'deferred':
    case 'failed':
    case 'unnamed':
      return {
        grade: 'wrong',
        what: `${recipient} has the mail, and the caller was told that it failed.`,
        harm: 'A caller that tries again sends the mail twice, and pays twice.',
        advice: 'Report each recipient by itself; never one failure for a mail that some have.',
      };
  }
}

const SILENT_LOSS = {
  harm: 'The email is lost, and nobody knows.',
  advice:
    'Read what the library says of each recipient (nodemailer: info.rejected; smtplib: the dictionary that sendmail returns; Symfony and PHPMailer: the exception; swaks: --to with one address a call), and report it.',
};

function judgeLost(claim: Claim, fate: Fate, recipient: string, { profile }: Facts): Judgement {
  switch (claim) {
    case 'accepted':
      return fate === 'unknown'
        ? {
            grade: 'wrong',
            what: 'Counts as sent what no reply has confirmed.',
            harm: 'Where the gateway had not taken it, the email is lost and nobody knows.',
            advice: 'Only a 250 after the final dot means sent; report a cut before it as unknown.',
          }
        : {
            grade: 'dangerous',
            what: `Said that ${recipient} was accepted, who got nothing.`,
            ...SILENT_LOSS,
          };
    case 'unnamed':
      return {
        grade: 'dangerous',
        what: `Said nothing at all of ${recipient}, who got nothing.`,
        ...SILENT_LOSS,
      };
    case 'taken':
      return {
        grade: 'not observed',
        what: 'Took the mail into its queue; what becomes of it is not told here.',
      };
    case 'unknown':
      return fate === 'unknown'
        ? { grade: 'right', what: 'Said that it does not know whether the mail was sent.' }
        : {
            grade: 'acceptable',
            what: `Called it open whether ${recipient} has the mail, though the reply said no.`,
          };
    case 'failed':
      return judgeFailed(fate, recipient);
    case 'deferred':
      return fate === 'permanent'
        ? {
            grade: 'wrong',
            what: `Said that ${recipient} may be tried again later, though the refusal is permanent.`,
            harm: 'The caller tries for ever what can never work.',
            advice: 'A code that begins with 5 is final: report it as rejected.',
          }
        : {
            grade: 'right',
            what:
              profile === 'queue' ? 'Keeps the mail for later.' : 'Said that it may be tried again later.',
          };
    case 'rejected':
      return judgeRejected(fate, recipient);
  }
}

function judgeFailed(fate: Fate, recipient: string): Judgement {
  const what = `Said that the mail to ${recipient} failed`;
  return fate === 'temporary' || fate === 'unknown'
    ? {
        grade: 'acceptable',
        what: `${what}, but not that a later try may help.`,
        advice: 'Tell the two kinds apart: exit code 75, or the address under "deferred" in the JSON line.',
      }
    : { grade: 'right', what: `${what}.` };
}

function judgeRejected(fate: Fate, recipient: string): Judgement {
  if (fate === 'unknown') {
    return {
      grade: 'wrong',
      what: `Said that the mail to ${recipient} was refused, though nobody knows.`,
      harm: 'A caller that sends it again as a new mail sends it twice, and pays twice.',
      advice: 'Report a cut after the final dot as unknown.',
    };
  }
  if (fate === 'untried') {
    return {
      grade: 'wrong',
      what: `Said that the mail to ${recipient} was refused, which nobody was asked.`,
      harm: 'The email is lost, for a reason that no longer holds.',
      advice: 'Report what the gateway said of this mail, not of an earlier one.',
    };
  }
  if (fate === 'temporary') {
    return {
      grade: 'wrong',
      what: `Called the refusal of ${recipient} permanent, though a code that begins with 4 asks to try later.`,
      harm: 'The email is given up, though it would have gone out later.',
      advice: 'Decide by the first digit of the reply: 4 is later, 5 is never.',
    };
  }
  return { grade: 'right', what: 'Said that the mail was refused.' };
}
