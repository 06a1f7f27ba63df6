/** The check itself: each case on an account of its own, side by side, watched and graded. */
import { arrangeCase, type Arranged, type Surroundings } from './arrange.ts';
import { inputsCase, takenInputs } from './cases/inputs.ts';
import { sanityCase } from './cases/plain.ts';
import type { CheckTime } from './check-time.ts';
import { inputsOf, type ClientCase } from './client-case.ts';
import type { Launcher } from './launchers/launcher.ts';
import { isCut, type Facts, type Profile } from './facts.ts';
import { CLOCKS_APART_MS, gatherFacts, withTexts, type OrderedMail } from './gather-facts.ts';
import { isBad, worstJudgement, type Judgement } from './grade.ts';
import { judgeAlways } from './judge-always.ts';
import type { Library } from './library.ts';
import type { Input } from './order.ts';
import { tellFacts, type GradedCase } from './graded-case.ts';
import { blankTold } from './told.ts';

/** What is checked, and how. */
export interface CheckOptions {
  readonly around: Surroundings;
  readonly launch: Launcher;
  readonly cases: readonly ClientCase[];
  readonly profile: Profile;
  /** The library as the command shows it. */
  readonly library?: Library | undefined;
  /** How long each mail is watched, in milliseconds. */
  readonly patience: number;
  /** Cases side by side. */
  readonly jobs: number;
  readonly time: CheckTime;
  /** Ends the check early; what was not played is left out. */
  readonly signal: AbortSignal;
  readonly onGraded: (graded: GradedCase) => void;
  /** Told whenever a case begins or ends: those that are still watched, in the order in which they began. */
  readonly onWatching?: ((ids: readonly string[]) => void) | undefined;
}

/** How long the last sessions of a client that has ended are given to close, in milliseconds. */
const LINGER_MS = 150;

/** Milliseconds between the end of one mail and the order for the next, by which their steps are told apart. */
const BETWEEN_MAILS_MS = 3 * CLOCKS_APART_MS;

/**
 * Plays the sanity case, and if the client can send at all the others, bounded side by side. Resolves with the graded
 * cases in the order of the cases.
 */
export async function checkClients(options: CheckOptions): Promise<readonly GradedCase[]> {
  const { graded: sanity, facts } = await playCase(sanityCase, options, nothingKnown(options));
  options.onGraded(sanity);
  if (!isSane(sanity)) return [sanity];
  // a case in which the client never comes as far as TLS or a message shows neither
  const graded = new Map<string, GradedCase>([[sanityCase.id, sanity]]);
  const secures = facts.sessions.some(({ secured }) => secured !== undefined);
  const seen: Known = { names: facts.serverNames, library: facts.library, secures, takes: undefined };
  const known = { ...seen, takes: await findInputs(options, seen, graded) };
  const others = options.cases.filter(({ id }) => id !== sanityCase.id && !graded.has(id));
  // those that want the longest patience first, so that they do not come last alone
  const queue = others.toSorted((left, right) => weight(right) - weight(left));
  const watching = new Set<string>();
  const work = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined && !options.signal.aborted; one = queue.shift()) {
      watching.add(one.id);
      options.onWatching?.([...watching]);
      const result = await playCase(one, options, known);
      watching.delete(one.id);
      graded.set(one.id, result.graded);
      options.onGraded(result.graded);
      options.onWatching?.([...watching]);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, work));
  const played = options.cases.filter(({ id }) => id !== sanityCase.id);
  return [sanityCase, ...played].flatMap(({ id }) => graded.get(id) ?? []);
}

/** What the client takes of its order, where a case asks for that; the case that shows it is graded where it was asked for. */
async function findInputs(
  options: CheckOptions,
  known: Known,
  graded: Map<string, GradedCase>,
): Promise<ReadonlySet<Input> | undefined> {
  const isAsked = options.cases.some(({ id }) => id === inputsCase.id);
  if (!isAsked && options.cases.every((one) => inputsOf(one).length === 0)) return undefined;
  const { graded: inputs, facts } = await playCase(inputsCase, options, known);
  if (isAsked) {
    graded.set(inputsCase.id, inputs);
    options.onGraded(inputs);
  }
  // one that can take none of it at all says so, and one that sent nothing shows nothing
  const isShown = facts.rounds.every(({ told, copies }) => told.kind !== 'unsupported' && copies.length > 0);
  return isShown ? takenInputs(facts) : undefined;
}

/** Whether the client can send a plain mail, without which nothing is checked. A clear password is a finding, no obstacle. */
export function isSane({ wire }: Pick<GradedCase, 'wire'>): boolean {
  return wire.grade !== 'wrong' && wire.grade !== 'not observed';
}

/** Cases that take their time whatever the client does. */
const LONG_CASES: ReadonlySet<string> = new Set(['slow', 'rate-limit', 'silent-after-dot']);

function weight({ patience, mails, id }: ClientCase): number {
  return patience + mails + (LONG_CASES.has(id) ? 10 : 0);
}

/** What is known of a client before a case begins. */
interface Known {
  readonly names: readonly string[];
  readonly library: Library | undefined;
  readonly secures: boolean | undefined;
  readonly takes: ReadonlySet<Input> | undefined;
}

function nothingKnown({ around, library }: CheckOptions): Known {
  return { names: [around.host], library, secures: undefined, takes: undefined };
}

async function playCase(
  one: ClientCase,
  options: CheckOptions,
  known: Known,
): Promise<{ readonly graded: GradedCase; readonly facts: Facts }> {
  const { around, profile, patience, time } = options;
  await using arranged = await arrangeCase(one, around);
  const origin = time.now();
  const mails: OrderedMail[] = [];
  for (let mail = 0; mail < one.mails; mail += 1) {
    if (mail > 0) await time.wait(BETWEEN_MAILS_MS);
    mails.push(await orderMail(arranged, options));
    if (mails.at(-1)?.told.kind === 'unsupported') break;
  }
  await time.wait(LINGER_MS);
  const { transcripts, charged } = await arranged.observe();
  const [first, ...others] = mails;
  if (first === undefined) throw new TypeError('A case has one mail at least.');
  const seen = gatherFacts({
    origin,
    transcripts,
    mails: [first, ...others],
    charged,
    ...toldIn(arranged),
    patience,
    second: around.second,
    profile,
    knownNames: known.names,
    knownLibrary: known.library,
    takes: known.takes,
    secures: known.secures,
    tokenRequests: arranged.tokenRequests.map((at) => at - origin),
  });
  const facts = await withTexts(seen);
  return { graded: gradeCase(one, facts), facts };
}

/** What the client was told, as graders need it. */
export function toldIn({ order, from }: Pick<Arranged, 'order' | 'from'>) {
  const { to, tls, text, fromName, subject, bcc, mails } = order;
  return { recipients: to, tls, text, mail: { from, fromName, subject, hidden: bcc, count: mails } };
}

/** A queue works on after the call has ended: it is watched to the end of patience. */
async function orderMail({ order, secrets }: Arranged, options: CheckOptions): Promise<OrderedMail> {
  const { launch, patience, profile, time, signal } = options;
  const began = time.now();
  const patienceOver = AbortSignal.any([time.timeout(patience), signal]);
  const answered = await launch(order, patienceOver);
  const told = blankTold(answered, secrets());
  const ended = answered.kind === 'running' || answered.kind === 'nothing' ? undefined : time.now();
  if (profile === 'queue' && told.kind !== 'unsupported' && !patienceOver.aborted) {
    await new Promise<void>((resolve) => {
      patienceOver.addEventListener('abort', () => resolve(), { once: true });
    });
  }
  return { began, ended, told };
}

/** Grades facts on both axes. Pure. */
export function gradeCase(one: ClientCase, facts: Facts): GradedCase {
  const cannot = unplayable(one, facts);
  if (cannot !== undefined) return tellFacts(one, facts, cannot);
  const wire = [one.wire(facts), ...judgeAlways(facts)] as const;
  return tellFacts(one, facts, {
    wire: worstJudgement([unlessCut(wire[0], facts), ...wire.slice(1)]),
    told: unlessCut(one.told(facts), facts),
  });
}

/** What a transcript that is cut shows was done; what it lacks, and what is right only because nothing else came, is not known. */
function unlessCut(judgement: Judgement, facts: Facts): Judgement {
  const { restsOnAbsence = false, ...shown } = judgement;
  if (!isCut(facts) || (isBad(shown.grade) && !restsOnAbsence)) return shown;
  return {
    grade: 'not observed',
    what: 'The transcript is cut: the client said more than is kept, and what it did then is not known.',
    ...(shown.evidence && { evidence: shown.evidence }),
  };
}

function unplayable(
  one: ClientCase,
  { rounds, tls, takes }: Facts,
): { readonly wire: Judgement; readonly told: Judgement } | undefined {
  const both = (what: string) => {
    const judgement: Judgement = { grade: 'not observed', what };
    return { wire: judgement, told: judgement };
  };
  if (rounds.some(({ told }) => told.kind === 'unsupported')) return both('The client cannot do this case.');
  const lacking =
    one.id === inputsCase.id ? [] : inputsOf(one).filter((input) => takes?.has(input) === false);
  if (lacking.length > 0) return both(`The client does not take ${lacking.join(', ')}.`);
  return one.needsTls && tls === 'none' ? both('The client was not told to use TLS.') : undefined;
}

/** The exit code: 2 where the client cannot send at all, 1 where something is wrong or dangerous, else 0. */
export function exitCodeOf(graded: readonly GradedCase[]): 0 | 1 | 2 {
  const [sanity] = graded;
  if (sanity === undefined || !isSane(sanity)) return 2;
  return graded.some(({ wire, told }) => isBad(wire.grade) || isBad(told.grade)) ? 1 : 0;
}
