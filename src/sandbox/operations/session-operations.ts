import { documentedRuleOf, ruleOf, type Contract } from '../../contract/contract.ts';
import type { SessionDetail } from '../../control-api/transcript-routes.ts';
import { OperationError, type SessionOperations } from '../control/operations.ts';
import type { Transcript } from '../gateway/transcript-recorder.ts';
import type { OperationParts } from './operation-parts.ts';
import { showTranscript } from './operation-views.ts';
import { showRule } from './vocabulary-view.ts';

/** One session with what was decided in it. */
export function sessionOperations({
  recorder,
  scenarioOf,
  provider,
}: Pick<OperationParts, 'recorder' | 'scenarioOf' | 'provider'>): SessionOperations {
  const find = (id: string): Transcript => {
    const found = recorder.list().find((each) => each.id === id);
    if (found !== undefined) return found;
    throw new OperationError('no-such-session', `There is no session ${id}, or its transcript is forgotten.`);
  };
  return {
    showSession: async (id) => {
      const transcript = find(id);
      return { session: showTranscript(transcript), refusals: refusalsOf(provider.contract, transcript) };
    },
    writeSessionScenario: async (id) => {
      const transcript = find(id);
      if (scenarioOf !== undefined) return scenarioOf(showTranscript(transcript));
      throw new OperationError(
        'no-scenario-writer',
        'This sandbox was started without the part that writes scenarios; gauntlet sandbox has it.',
      );
    },
  };
}

/** Each decision is recorded behind the reply that it prescribes. */
function refusalsOf(contract: Contract, { entries }: Transcript): SessionDetail['refusals'] {
  return entries.flatMap((entry, at) => {
    const before = entries[at - 1];
    if (entry.kind !== 'decision' || before?.kind !== 'wire') return [];
    const reply = before.octets.trimEnd();
    const documentedRule = documentedRuleOf(contract, reply);
    const documented = documentedRule === undefined ? undefined : contract.documentedReplies[documentedRule];
    return [
      {
        entry: at - 1,
        reply,
        rule: showRule(entry.rule, ruleOf(contract, entry.rule)),
        cause: documented?.cause ?? null,
        cure: [...(documented?.cure ?? [])],
      },
    ];
  });
}
