import type { Contract } from './contract.ts';
import { mistakesOf } from './mistakes.ts';

/** A contract that contradicts itself: each mistake in a sentence. */
export class ContractError extends Error {
  override name = 'ContractError';

  /** Each mistake in a sentence. */
  readonly mistakes: readonly string[];

  constructor(id: string, mistakes: readonly string[]) {
    super(`The contract "${id}" has mistakes:\n${mistakes.map((each) => `- ${each}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

/**
 * A contract that has been checked: ids, replies, sources, modes and errors agree with each other and with the page.
 * Throws a {@link ContractError} that names every mistake.
 */
export function defineContract<const C extends Contract>(contract: C): C {
  const mistakes = mistakesOf(contract);
  if (mistakes.length > 0) throw new ContractError(contract.id, mistakes);
  return contract;
}
