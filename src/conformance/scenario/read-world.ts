import type { ProviderWords } from '../../contract/words.ts';
import { recordKinds } from '../../contract/vocabulary.ts';
import { loginChoices } from '../situation/given.ts';
import { knownChanges } from './language.ts';
import { nearestFirst, suggest } from './suggest.ts';
import type { WorldChange } from '../situation/world-change.ts';

/** What a `W:` line does; or what is wrong with it. */
export type ReadWorld =
  | { readonly kind: 'change'; readonly change: WorldChange }
  | { readonly kind: 'wrong'; readonly sentence: string };

const FIXED: ReadonlyMap<string, WorldChange> = new Map<string, WorldChange>([
  ['maintenance on', { kind: 'maintenance', on: true }],
  ['maintenance off', { kind: 'maintenance', on: false }],
  ['block', { kind: 'block', blocked: true }],
  ['unblock', { kind: 'block', blocked: false }],
  ['new password', { kind: 'new-password' }],
  ['verify domain', { kind: 'verify-domain' }],
  ['mailbox down', { kind: 'mailbox', up: false }],
  ['mailbox up', { kind: 'mailbox', up: true }],
  ['settled', { kind: 'settled' }],
  ...recordKinds.flatMap((record): readonly (readonly [string, WorldChange])[] => [
    [`publish ${record}`, { kind: 'record', record, published: true }],
    [`remove ${record}`, { kind: 'record', record, published: false }],
  ]),
]);

/** The changes that take no value. */
export const fixedChanges: readonly string[] = [...FIXED.keys()];

/** Reads the text of a `W:` line. The names of recipients are checked by whoever knows them. */
export function readWorld(text: string, words: ProviderWords): ReadWorld {
  const of = /^(\w+): +(.*)$/.exec(text);
  if (of?.[1] === undefined) return readChange(text, words);
  const login = loginChoices.find((choice) => choice === of[1]);
  if (login === undefined || login === 'first') {
    const named = loginChoices.slice(1);
    const sentence = `Before the colon stands a login beside the first, ${named.join(' or ')}: "${of[1]}" is none.${suggest(of[1], named)}`;
    return { kind: 'wrong', sentence };
  }
  const read = readChange(of[2] ?? '', words);
  if (read.kind === 'wrong') return read;
  const { change } = read;
  if (
    change.kind === 'balance' ||
    change.kind === 'buy' ||
    change.kind === 'block' ||
    change.kind === 'new-password'
  )
    return { kind: 'change', change: { ...change, login } };
  const sentence = `"${of[2]}" belongs to no login: write it without "${login}: ". Of another login can be said: balance N, buy prepaid N, buy monthly N, block, unblock, new password.`;
  return { kind: 'wrong', sentence };
}

function readChange(text: string, words: ProviderWords): ReadWorld {
  const fixed = FIXED.get(text);
  if (fixed !== undefined) return { kind: 'change', change: fixed };
  const balance = /^balance (\d{1,9})$/.exec(text)?.[1];
  if (balance !== undefined) return { kind: 'change', change: { kind: 'balance', sends: Number(balance) } };
  const buy = /^buy (prepaid|monthly) (\d{1,9})$/.exec(text);
  if (buy?.[2] !== undefined) {
    const plan = buy[1] === 'monthly' ? 'monthly' : 'prepaid';
    return { kind: 'change', change: { kind: 'buy', plan, sends: Number(buy[2]) } };
  }
  const is = /^(\S+) is (.+)$/.exec(text);
  if (is?.[1] === undefined) {
    return {
      kind: 'wrong',
      sentence: `The world has no change "${text}".${suggest(text, knownChanges)} Possible: ${nearestFirst(text, knownChanges)}.`,
    };
  }
  const roles = words.roles.map(({ name }) => name);
  const role = roles.find((candidate) => candidate === is[2]);
  return role === undefined
    ? {
        kind: 'wrong',
        sentence: `There is no role "${is[2]}".${suggest(is[2] ?? '', roles)} Roles are ${roles.join(', ')}.`,
      }
    : { kind: 'change', change: { kind: 'recipient', name: is[1], role } };
}
