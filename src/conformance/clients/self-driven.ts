/** The check of applications that send by themselves: a login for each case, and the report when the user is done. */
import { arrangeCase, type Arranged } from './arrange.ts';
import { makeCard, type Card } from './card/card.ts';
import {
  chooseCases,
  chooseMode,
  DEFAULT_PATIENCE,
  openSurroundings,
  type ClientCheck,
} from './check-client.ts';
import { gradeCase, toldIn } from './check-clients.ts';
import { inputsOf, plainMail, type ClientCase } from './client-case.ts';
import { gatherFacts, withTexts } from './gather-facts.ts';
import type { GradedCase } from './graded-case.ts';
import type { Input, Order } from './order.ts';

/** What an application is checked with that nobody starts. */
export type SelfDrivenCheck = Pick<
  ClientCheck,
  'contract' | 'controlApi' | 'token' | 'client' | 'mode' | 'cases'
>;

/** One case as a person carries it out. */
export interface Task {
  readonly order: Order;
  /** What the application will meet. */
  readonly title: string;
  readonly rightWay: string;
  /** Whether the mail should carry the text of the order; elsewhere any will do. */
  readonly wantsText: boolean;
  /** What else the mail should have of the order, by the names of the variables. */
  readonly wants: readonly Input[];
}

/** A check under way; disposing of it deletes the accounts. */
export interface SelfDriven extends AsyncDisposable {
  readonly tasks: readonly Task[];
  /** Grades what has been seen so far; cases that nobody has played are not observed. */
  read(): Promise<Card>;
}

/** Arranges all cases at once, each with a login and ports of its own. */
export async function openSelfDriven(check: SelfDrivenCheck): Promise<SelfDriven> {
  const mode = chooseMode(check);
  const cases = chooseCases(check);
  const startedAt = new Date();
  await using opened = new AsyncDisposableStack();
  const around = opened.use(await openSurroundings(check));
  const unique = startedAt.getTime().toString(36);
  const arranged: { readonly one: ClientCase; readonly place: Arranged }[] = [];
  for (const one of cases) {
    const place = await arrangeCase(one, {
      ...around,
      contract: check.contract,
      mode,
      patience: DEFAULT_PATIENCE,
      second: 1_000,
      unique,
    });
    arranged.push({ one, place: opened.use(place) });
  }
  const all = opened.move();
  return {
    tasks: arranged.map(({ one, place }) => ({
      order: place.order,
      title: one.mails > 1 ? `${one.title} (here only the first mail is sent)` : one.title,
      rightWay: one.rightWay,
      wantsText: one.mail.text !== plainMail.text,
      wants: inputsOf(one),
    })),
    read: async () => {
      const graded: GradedCase[] = [];
      for (const { one, place } of arranged) graded.push(await readCase(one, place));
      const head = {
        client: check.client ?? 'application',
        gauntlet: around.version,
        startedAt: startedAt.toISOString(),
        mode,
        profile: 'queue' as const,
        patience: Math.round((Date.now() - startedAt.getTime()) / 1_000),
      };
      return makeCard(head, graded);
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** The time of a case begins with the first session that its login saw, for before that nobody had begun. */
async function readCase(one: ClientCase, place: Arranged): Promise<GradedCase> {
  const now = Date.now();
  const { transcripts, charged } = await place.observe();
  const origin = Math.min(now, ...transcripts.map(({ startedAt }) => Date.parse(startedAt)));
  const seen = gatherFacts({
    origin,
    transcripts,
    mails: [{ began: origin, ended: undefined, told: { kind: 'nothing' } }],
    charged,
    ...toldIn(place),
    takes: undefined,
    secures: undefined,
    tokenRequests: place.tokenRequests.map((at) => at - origin),
    patience: now - origin,
    second: 1_000,
    profile: 'queue',
    knownNames: [place.order.host],
    knownLibrary: undefined,
  });
  const facts = await withTexts(seen);
  if (transcripts.length > 0) return gradeCase(one, facts);
  const unplayed = { grade: 'not observed' as const, what: 'Nobody connected.' };
  return { ...gradeCase(one, facts), wire: unplayed, told: unplayed };
}
