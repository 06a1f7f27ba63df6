import { tokenMechanisms } from '../../contract/vocabulary.ts';
import { loginChoices, tokenChoices } from '../situation/given.ts';
import type { CredentialChoice, LoginForm, Macro } from './dialogue.ts';
import { knownMacros } from './language.ts';
import { nearestFirst, suggest } from './suggest.ts';
import { readTlsOffer } from './tls-offer.ts';

/** A macro with how often it is played; or what is wrong with it. */
export type ReadMacro =
  | { readonly kind: 'macro'; readonly macro: Macro; readonly times: number }
  | { readonly kind: 'wrong'; readonly sentence: string };

const FIXED: ReadonlyMap<string, Macro> = new Map<string, Macro>([
  ['open', { kind: 'open' }],
  ['connect', { kind: 'connect' }],
  ['TLS handshake', { kind: 'tls-handshake', closeIsFine: false }],
  ['TLS handshake or close', { kind: 'tls-handshake', closeIsFine: true }],
  ['close', { kind: 'close' }],
  ['half close', { kind: 'half-close' }],
  ['reset', { kind: 'reset' }],
  ['message', { kind: 'message', part: 'whole', message: undefined }],
  ['first half of message', { kind: 'message', part: 'first half', message: undefined }],
  ['rest of message', { kind: 'message', part: 'rest', message: undefined }],
]);

const FORMS = new Map<string, LoginForm>([
  ['login', 'PLAIN'],
  ['login PLAIN', 'PLAIN'],
  ['login LOGIN', 'LOGIN'],
  ['login LOGIN with initial response', 'LOGIN with initial response'],
  ['login PLAIN without initial response', 'PLAIN without initial response'],
]);

const CREDENTIALS: readonly CredentialChoice[] = [
  'right password',
  'wrong password',
  'old password',
  'unknown login',
];

const TOKENS: ReadonlyMap<
  string,
  Pick<Extract<Macro, { kind: 'token-line' }>, 'mechanism' | 'token'>
> = new Map(
  tokenMechanisms.flatMap((mechanism) =>
    tokenChoices.map((token) => [`AUTH ${mechanism} ${token}`, { mechanism, token }] as const),
  ),
);

/** The macros that name neither recipients nor a message. */
export const fixedMacros: readonly string[] = [
  ...FIXED.keys(),
  ...FORMS.keys(),
  ...CREDENTIALS.map((credential) => `AUTH ${credential}`),
  ...TOKENS.keys(),
];

const REPEATABLE: ReadonlySet<Macro['kind']> = new Set(['send', 'wrong-login', 'envelope', 'login']);

/** Reads `<macro>` or `<macro> xN`. */
export function readMacro(text: string): ReadMacro {
  const match = /^<([^<>]*)>(?: x(\d+))?$/.exec(text);
  if (match?.[1] === undefined) {
    return wrong(
      text.includes('>')
        ? `"${text}" begins like a macro but is none; bytes that begin with "<" are written with C>.`
        : `"${text}" is not closed: write "${text}>". Bytes that begin with "<" are written with C>.`,
    );
  }
  const offered = /^((?:open|session|TLS handshake)(?: second| third)?) with (.*)$/.exec(match[1]);
  if (offered?.[1] !== undefined) return readOffering(offered[1], offered[2] ?? '');
  const macro = macroNamed(match[1]);
  if (macro === undefined) {
    const needy = /^(send|envelope)$/.exec(match[1])?.[1];
    return wrong(
      needy === undefined
        ? `There is no macro <${match[1]}>.${suggest(match[1], knownMacros)} Possible: ${nearestFirst(match[1], knownMacros)}.`
        : `<${needy}> needs recipients: <${needy} to>, <${needy} to, cc>.`,
    );
  }
  const times = match[2] === undefined ? 1 : Number(match[2]);
  if (match[2] !== undefined && !REPEATABLE.has(macro.kind)) {
    return wrong(
      `<${match[1]}> cannot be repeated with x${match[2]}: write "repeat ${match[2]}" above and "end" below the lines that are repeated.`,
    );
  }
  if (times < 1) return wrong('A macro is played once at least.');
  return { kind: 'macro', macro, times };
}

/** `<open with TLS 1.1>`: what the client offers in its handshake. */
function readOffering(name: string, words: string): ReadMacro {
  const macro = macroNamed(name);
  if (macro?.kind !== 'open' && macro?.kind !== 'session' && macro?.kind !== 'tls-handshake')
    return wrong(`There is no macro <${name}>.${suggest(name, knownMacros)}`);
  const read = readTlsOffer(words);
  return read.kind === 'wrong'
    ? wrong(read.sentence)
    : { kind: 'macro', macro: { ...macro, tls: read.offer }, times: 1 };
}

function macroNamed(name: string): Macro | undefined {
  return FIXED.get(name) ?? loginMacro(name) ?? envelopeMacro(name) ?? messageMacro(name);
}

function loginMacro(name: string): Macro | undefined {
  const named = loginChoices.slice(1).find((choice) => name.endsWith(` ${choice}`));
  const login = named ?? 'first';
  const bare = named === undefined ? name : name.slice(0, -named.length - 1);
  if (bare === 'session') return { kind: 'session', login };
  if (bare === 'wrong login') return { kind: 'wrong-login', login };
  const form = FORMS.get(bare);
  if (form !== undefined) return { kind: 'login', form, login };
  const token = TOKENS.get(bare);
  if (token !== undefined) return { kind: 'token-line', ...token, login };
  const credential = CREDENTIALS.find((choice) => bare === `AUTH ${choice}`);
  return credential && { kind: 'auth-line', credential, login };
}

function envelopeMacro(name: string): Macro | undefined {
  const match = /^(envelope|send) (.+)$/.exec(name);
  if (match?.[2] === undefined) return undefined;
  const recipients = match[2].split(',').map((part) => part.trim());
  return { kind: match[1] === 'send' ? 'send' : 'envelope', recipients };
}

function messageMacro(name: string): Macro | undefined {
  const match = /^(first half of |rest of )?message ([\w-]+)$/.exec(name);
  if (match?.[2] === undefined) return undefined;
  const part = match[1] === undefined ? 'whole' : match[1] === 'rest of ' ? 'rest' : 'first half';
  return { kind: 'message', part, message: match[2] };
}

function wrong(sentence: string): ReadMacro {
  return { kind: 'wrong', sentence };
}
