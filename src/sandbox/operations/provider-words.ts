import type { Word } from '../../contract/words.ts';
import { OperationError } from '../control/operations.ts';

/** Throws where the provider has no such word: a role, a status, a plan, an access. */
export function demandWord(kind: string, words: readonly Pick<Word, 'name'>[], name: string): void {
  if (words.some((word) => word.name === name)) return;
  const known =
    words.length === 0
      ? 'this gateway has none'
      : `it is one of ${words.map((word) => word.name).join(', ')}`;
  throw new OperationError('unknown-word', `There is no ${kind} "${name}": ${known}.`);
}
