import { ruleIdsOf, type Contract } from '../../contract/contract.ts';
import { providers } from '../providers.ts';
import type { Settings } from '../settings.ts';

/** Lists the providers, the first one first: a line each, or as JSON. */
export function providersCommand(
  { json }: { readonly json: boolean },
  { terminal }: Pick<Settings, 'terminal'>,
): number {
  const listed = providers.map(({ contract }) => describe(contract));
  terminal.write(json ? `${JSON.stringify(listed, undefined, 2)}\n` : listed.map(writeLine).join(''));
  return 0;
}

interface ListedProvider {
  readonly id: string;
  /** The edition of its promise. */
  readonly version: string;
  /** The host name that customers type. */
  readonly host: string;
  readonly rules: number;
  readonly modes: readonly string[];
}

function describe(contract: Contract): ListedProvider {
  const { id, version, gatewayName: host, modes } = contract;
  return { id, version, host, rules: ruleIdsOf(contract).length, modes: modes.map(({ mode }) => mode) };
}

const WIDTH = Math.max(...providers.map(({ contract }) => contract.id.length)) + 2;

function writeLine({ id, host, rules, modes }: ListedProvider): string {
  return `${id.padEnd(WIDTH)}${host}, ${rules} rules, modes ${modes.join(', ')}\n`;
}
