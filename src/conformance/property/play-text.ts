import type { Contract } from '../../contract/contract.ts';
import type { CaseMailbox } from '../runner/read-copies.ts';
import type { Finding } from '../result/finding.ts';
import type { RunEvent } from '../result/run-event.ts';
import { playCase } from '../runner/play-case.ts';
import { multiplyByModes } from '../scenario/matrix.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import { showScenarioError } from '../scenario/scenario-error.ts';
import type { SearchOptions } from './search-options.ts';

/** What a scenario came to. What a foreign gateway does otherwise, or cannot show, breaks no promise: it passed. */
export type Played =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly finding: Finding }
  | { readonly kind: 'errored'; readonly why: string };

/** What a scenario is played with. */
export type PlayOptions = Pick<SearchOptions, 'target' | 'now' | 'replyTimeoutMs'> & {
  readonly contract: Contract;
  readonly mailbox: CaseMailbox | undefined;
};

/** Plays the text of a scenario file that has one case; one that cannot be read is a fault of ours, told with its text. */
export async function playText(
  { contract, target, mailbox, now, replyTimeoutMs = 10_000 }: PlayOptions,
  text: string,
  emit: (event: RunEvent) => void = () => undefined,
): Promise<Played> {
  const parsed = parseScenario(text, {
    id: 'generated',
    file: 'generated.scenario.yaml',
    contract,
  });
  if (parsed.kind === 'errors') {
    return { kind: 'errored', why: `${parsed.errors.map(showScenarioError).join('\n')}\n${text}` };
  }
  const [matrixCase] = multiplyByModes(
    [parsed.scenario],
    contract.modes.map(({ mode }) => mode),
  );
  if (matrixCase === undefined) return { kind: 'errored', why: `No case in\n${text}` };
  const { outcome, findings, why } = await playCase(
    { contract, target, mailbox, now, replyTimeoutMs, emit },
    matrixCase,
  );
  const [finding] = findings;
  if (finding !== undefined && outcome === 'failed') return { kind: 'failed', finding };
  return outcome === 'errored' ? { kind: 'errored', why: why ?? 'errored' } : { kind: 'passed' };
}
