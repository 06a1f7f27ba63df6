import { createHash } from 'node:crypto';
import { defineCase, type ClientCase, type Forced } from '../client-case.ts';
import type { Facts } from '../facts.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import { copiesTo, worstOf, judgeDuplicates, judgeLateCommands, right } from '../judge-wire.ts';

/** Mails that are sent under nuisance. */
const MAILS = 20;
/** Commands of each stage for which it is drawn whether they are refused. */
const DRAWS = 200;
const REPLIES = ['451 4.3.0 Nuisance: try again', '421 4.3.2 Nuisance: try again later'] as const;

/** Many mails, and valid commands refused for now at random, `share` of them (0 to 1), drawn from the seed. */
export function nuisanceCase(share: number, seed: string): ClientCase {
  return defineCase({
    id: 'nuisance',
    title: `${MAILS} mails, and ${Math.round(share * 100)} of a hundred commands refused for now`,
    rightWay: 'each mail goes out once, or is told to be tried again later',
    source: 'RFC 5321 §4.2.1, §4.5.4.1',
    mails: MAILS,
    arrange: { forced: draw(share, seed) },
    wire: judgeNuisance,
    told: (facts) => judgeTold(facts, { of: () => 'temporary' }),
  });
}

function draw(share: number, seed: string): readonly Forced[] {
  const stages = ['MAIL', 'RCPT', 'DATA', 'end of data'] as const;
  return stages.flatMap((stage) =>
    Array.from({ length: DRAWS }, (_, after): Forced | undefined => {
      const drawn = createHash('sha256').update(`${seed}:${stage}:${after}`).digest();
      if (drawn.readUInt32BE(0) / 2 ** 32 >= share) return undefined;
      return { stage, after, times: 1, reply: REPLIES[drawn.readUInt8(4) % 2 === 0 ? 0 : 1] };
    }).filter((forced) => forced !== undefined),
  );
}

function judgeNuisance(facts: Facts): Judgement {
  const bad = worstOf(judgeDuplicates(facts), judgeLateCommands(facts));
  if (bad !== undefined) return bad;
  const sent = facts.rounds.filter((round) => copiesTo(round, facts.recipients[0]) > 0).length;
  return sent === facts.rounds.length
    ? right(`Sent all ${sent} mails.`)
    : {
        grade: 'acceptable',
        restsOnAbsence: true,
        what: `Sent ${sent} of ${facts.rounds.length} mails; the others are its caller’s again.`,
        advice: 'Keep what was refused with a 4 and try again by yourself.',
      };
}
