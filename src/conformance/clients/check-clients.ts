/** The check itself: each case on an account of its own, side by side, watched and graded. */
import { setTimeout as wait } from 'node:timers/promises';
import { arrangeCase, tlsOf, type Surroundings } from './arrange.ts';
import { sanityCase } from './cases/plain.ts';
import { hardText } from './cases/message.ts';
import { redactText } from '../../smtp/redact.ts';
import { createSecretBook } from '../../smtp/secret-book.ts';
import type { ClientCase } from './client-case.ts';
import type { Door } from './doors/door.ts';
import type { Facts, Profile } from './facts.ts';
import { gatherFacts, type OrderedMail } from './gather-facts.ts';
import { isBad, type Judgement } from './grade.ts';
import { tellFacts, type GradedCase } from './graded-case.ts';
import type { Told } from './told.ts';

/** What is checked, and how. */
export interface CheckOptions {
  readonly around: Surroundings;
  readonly door: Door;
  readonly cases: readonly ClientCase[];
  readonly profile: Profile;
  /** How long each mail is watched, in milliseconds. */
  readonly patience: number;
  /** Cases side by side. */
  readonly jobs: number;
  /** The wall clock, in milliseconds. */
  readonly now: () => number;
  /** Ends the check early; what was not played is left out. */
  readonly signal: AbortSignal;
  readonly onGraded: (graded: GradedCase) => void;
}

/** How long the last sessions of a client that has ended are given to close, in milliseconds. */
const LINGER_MS = 150;

/**
 * Plays the sanity case, and if the client can send at all the others, bounded side by side. Resolves with the graded
 * cases in the order of the cases.
 */
export async function checkClients(options: CheckOptions): Promise<readonly GradedCase[]> {
  const sanity = await playCase(sanityCase, options);
  options.onGraded(sanity);
  if (!isSane(sanity)) return [sanity];
  const others = options.cases.filter(({ id }) => id !== sanityCase.id);
  const graded = new Map<string, GradedCase>([[sanityCase.id, sanity]]);
  // those that want the longest patience first, so that they do not come last alone
  const queue = others.toSorted((left, right) => weight(right) - weight(left));
  const work = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined && !options.signal.aborted; one = queue.shift()) {
      const result = await playCase(one, options);
      graded.set(one.id, result);
      options.onGraded(result);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, work));
  return [sanityCase, ...others].flatMap(({ id }) => graded.get(id) ?? []);
}

/** Whether the client can send a plain mail, without which nothing is checked. A clear password is a finding, no obstacle. */
export function isSane({ wire }: Pick<GradedCase, 'wire'>): boolean {
  return wire.grade !== 'wrong' && wire.grade !== 'not observed';
}

function weight({ patience, mails, id }: ClientCase): number {
  return patience + mails + (id === 'slow' || id === 'rate-limit' ? 10 : 0);
}

async function playCase(one: ClientCase, options: CheckOptions): Promise<GradedCase> {
  const { around, profile, patience } = options;
  const tls = one.tls === 'implicit' ? 'implicit' : tlsOf(around.mode);
  await using arranged = await arrangeCase(one, hardText, around);
  const origin = options.now();
  const mails: OrderedMail[] = [];
  for (let mail = 0; mail < one.mails; mail += 1) {
    mails.push(await orderMail(arranged.order, options));
    if (mails.at(-1)?.told.kind === 'unsupported') break;
  }
  await wait(LINGER_MS);
  const { transcripts, charged } = await arranged.observe();
  const [first, ...others] = mails;
  if (first === undefined) throw new TypeError('A case has one mail at least.');
  const facts = gatherFacts({
    origin,
    transcripts,
    mails: [first, ...others],
    charged,
    recipients: arranged.order.to,
    tls,
    text: arranged.order.text,
    patience,
    second: around.second,
    profile,
  });
  return gradeCase(one, facts);
}

/** A queue works on after its door has closed: it is watched to the end of patience. */
async function orderMail(order: Parameters<Door>[0], options: CheckOptions): Promise<OrderedMail> {
  const { door, patience, profile, now, signal } = options;
  const began = now();
  const patienceOver = AbortSignal.any([AbortSignal.timeout(patience), signal]);
  const answered = await door(order, patienceOver);
  const told = blankTold(answered, order.password);
  const ended = answered.kind === 'running' || answered.kind === 'nothing' ? undefined : now();
  if (profile === 'queue' && told.kind !== 'unsupported' && !patienceOver.aborted) {
    await new Promise<void>((resolve) => {
      patienceOver.addEventListener('abort', () => resolve(), { once: true });
    });
  }
  return { began, ended, told };
}

/** No report shows a password, though a client may print one (rule `sandbox.secrets`). */
function blankTold(told: Told, password: string): Told {
  if (!('output' in told)) return told;
  const book = createSecretBook(1);
  book.add(password);
  return { ...told, output: redactText(told.output, book) };
}

/** Grades facts on both axes. Pure. */
export function gradeCase(one: ClientCase, facts: Facts): GradedCase {
  const axes = unplayable(one, facts);
  return tellFacts(one, facts, axes ?? { wire: one.wire(facts), told: one.told(facts) });
}

function unplayable(
  one: ClientCase,
  { rounds, tls }: Facts,
): { readonly wire: Judgement; readonly told: Judgement } | undefined {
  const both = (what: string) => {
    const judgement: Judgement = { grade: 'not observed', what };
    return { wire: judgement, told: judgement };
  };
  if (rounds.some(({ told }) => told.kind === 'unsupported')) return both('The client cannot do this case.');
  return one.needsTls && tls === 'none' ? both('The client was not told to use TLS.') : undefined;
}

/** The exit code: 2 where the client cannot send at all, 1 where something is wrong or dangerous, else 0. */
export function exitCodeOf(graded: readonly GradedCase[]): 0 | 1 | 2 {
  const [sanity] = graded;
  if (sanity === undefined || !isSane(sanity)) return 2;
  return graded.some(({ wire, told }) => isBad(wire.grade) || isBad(told.grade)) ? 1 : 0;
}
