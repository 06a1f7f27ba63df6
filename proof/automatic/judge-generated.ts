import { emailmassivoModel } from '../../src/conformance/property/emailmassivo/model.ts';
import { explore } from '../../src/conformance/property/explore.ts';
import { playText, type PlayOptions } from '../../src/conformance/property/play-text.ts';
import { propertyNames } from '../../src/conformance/property/emailmassivo/properties.ts';
import type { GatewayProcess } from './gateway-process.ts';
import type { Judgement } from './verdict.ts';

/** Generated scenarios played side by side. */
const JOBS = 12;
/** So many of which nothing can be said are no accident of a busy machine. */
const MANY_ERRORED = 3;

/** Lets generated sessions at a gateway: so many of each property, until one finds what it finds again when it is replayed. */
export async function judgeGenerated(
  gateway: GatewayProcess,
  options: PlayOptions,
  { seed, runs }: { readonly seed: string; readonly runs: number },
): Promise<Judgement> {
  let played = 0;
  let unrepeated = 0;
  for (const property of propertyNames) {
    const exploration = await explore({
      ...options,
      model: emailmassivoModel,
      property,
      runs,
      seed,
      jobs: JOBS,
      signal: gateway.gone,
      today: '2026-01-01',
      shrinks: false,
    });
    played += exploration.runs;
    const { counterexample, errored } = exploration;
    const suspicious = counterexample !== undefined || errored.length > 0;
    const gone = suspicious ? await gateway.whyGone() : undefined;
    if (gone !== undefined) {
      return { kind: 'caught', how: gone.how, by: property, rule: undefined, what: gone.message };
    }
    if (counterexample !== undefined) {
      const again = await playText(options, counterexample.text);
      if (again.kind === 'failed') {
        const { rule, expected, received } = again.finding;
        const what = `expected ${expected}, received ${received}`;
        return { kind: 'caught', how: 'finding', by: property, rule, what };
      }
      unrepeated += 1;
    }
    if (errored.length >= MANY_ERRORED) {
      const what = errored[0] ?? 'errored';
      return { kind: 'caught', how: 'errored', by: property, rule: undefined, what };
    }
  }
  return { kind: 'survived', played, unrepeated };
}
