import type { Contract } from '../contract/contract.ts';
import type { Port } from '../contract/modes.ts';
import type { PortNumbers } from '../sandbox/gateway/listeners.ts';
import { parsePort } from './options.ts';
import { providers } from './providers.ts';
import { UsageError } from './usage-error.ts';

/** The documented ports of all providers, each once, in the order in which they are named. */
export const portsOfAll: readonly Port[] = [
  ...new Set(providers.flatMap(({ contract }) => portsOf(contract))),
];

/** `--port-…` of each documented port, as they were typed. */
export type ListenerPortTexts = Readonly<Record<`port${Port}`, string | undefined>>;

/** The documented ports of a provider, each once. */
export function portsOf({ modes }: Pick<Contract, 'modes'>): readonly Port[] {
  return [...new Set(modes.map(({ port }) => port))];
}

/**
 * The numbers on which the documented ports of a provider listen: those that were typed, else {@link usualNumber}. Throws
 * {@link UsageError} where a port was typed that this provider does not have.
 */
export function parseListenerPorts(given: ListenerPortTexts, contract: Contract): PortNumbers {
  const own = portsOf(contract);
  const foreign = portsOfAll.find((port) => given[`port${port}`] !== undefined && !own.includes(port));
  if (foreign !== undefined)
    throw new UsageError(`--port-${foreign}: ${contract.id} has the ports ${own.join(', ')}.`);
  return Object.fromEntries(
    own.map((port) => {
      const text = given[`port${port}`];
      return [port, text === undefined ? usualNumber(port, own) : parsePort(text, `--port-${port}`, 0)];
    }),
  );
}

/** Below this a number is the system's, and takes more than a user's rights. */
const FIRST_FREE = 1_024;

/**
 * The number for a port that nobody chose, beside the other ports: one that any user may listen on keeps its own; of the
 * others 25 has 2525 and 465 has 2465, or 10465 where 2465 is a port itself.
 */
export function usualNumber(port: Port, all: readonly Port[]): number {
  if (port >= FIRST_FREE) return port;
  const near = port < 100 ? 2_500 + port : 2_000 + port;
  return all.includes(near) ? 10_000 + port : near;
}
