import type { RefusalReason } from '../../contract/checks.ts';
import { replyFor, type Contract } from '../../contract/contract.ts';
import type { ClientCase } from './client-case.ts';

/** The cases of refusals, each made of the provider's reply; what the provider has no reply for is no case. */
export function casesOfRefusals(
  contract: Contract,
  makers: Readonly<Partial<Record<RefusalReason, (reply: string) => ClientCase>>>,
): readonly ClientCase[] {
  return Object.entries(makers).flatMap(([reason, make]) => {
    // the keys are those of the type
    const reply = replyFor(contract, reason as RefusalReason);
    return reply === undefined ? [] : [make(reply)];
  });
}

/** The provider's reply for a reason where it has the code that a case is about, else the words of the RFC. */
export function replyWithCode(contract: Contract, reason: RefusalReason, standard: string): string {
  const reply = replyFor(contract, reason);
  return reply?.slice(0, 3) === standard.slice(0, 3) ? reply : standard;
}
