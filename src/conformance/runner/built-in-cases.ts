import { ruleIdsOf, ruleOfCheck, type Contract } from '../../contract/contract.ts';
import type { SuiteCheck } from '../../contract/checks.ts';
import type { Mode } from '../../contract/modes.ts';
import { multiplyByModes, type MatrixCase } from '../scenario/matrix.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import { showScenarioError } from '../scenario/scenario-error.ts';

const smoke = (contract: Contract) => `title: "Smoke: connect, EHLO, login, one accepted mail"
about: ${aboutOf(contract, 'login')}
given: { recipients: { to: accepts } }
dialogue: |
  C: <session>
  C: <send to>
`;

const impossible = (contract: Contract) => `title: A reply that no gateway gives
about: ${aboutOf(contract, 'known errors')}
dialogue: |
  C: <open>
  C: NOOP
  S: 299 This reply was made up by the scenario runner
`;

/** What every run plays before all others, by name: so that people can read what they did not write. */
export const builtInScenarios: ReadonlyMap<string, (contract: Contract) => string> = new Map([
  ['smoke', smoke],
  ['impossible', impossible],
]);

/** The rule of a check; a contract that promises nothing of the kind has some other. */
function aboutOf(contract: Contract, check: SuiteCheck): string {
  return ruleOfCheck(contract, check) ?? ruleIdsOf(contract)[0] ?? '';
}

/** The first case of every run, in each of its modes: without it nothing else is worth trying. */
export function smokeCases(contract: Contract, modes: readonly Mode[]): readonly MatrixCase[] {
  return multiplyByModes([parsed(contract, 'smoke', smoke(contract))], modes);
}

/** A case that cannot pass; where it does, target or runner is lying. */
export function impossibleCase(contract: Contract, mode: Mode): MatrixCase | undefined {
  return multiplyByModes([parsed(contract, 'impossible', impossible(contract))], [mode])[0];
}

function parsed(contract: Contract, id: string, text: string) {
  const result = parseScenario(text, { id, file: `(built in)/${id}`, contract });
  if (result.kind === 'errors') throw new Error(result.errors.map(showScenarioError).join('\n'));
  return result.scenario;
}
