import type { CredentialChoice, LoginChoice, LoginForm, Macro } from './dialogue.ts';
import { suggest } from './suggest.ts';

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

/** The macros as a tester writes them, for suggestions. */
const KNOWN: readonly string[] = [
  ...FIXED.keys(),
  ...FORMS.keys(),
  'session',
  'session second',
  'login second',
  'wrong login',
  ...CREDENTIALS.map((credential) => `AUTH ${credential}`),
];

const REPEATABLE: ReadonlySet<Macro['kind']> = new Set(['send', 'wrong-login', 'envelope', 'login']);

/** Reads `<macro>` or `<macro> xN`. */
export function readMacro(text: string): ReadMacro {
  const match = /^<([^<>]*)>(?: x(\d+))?$/.exec(text);
  if (match?.[1] === undefined) {
    return wrong(`"${text}" begins like a macro but is none; bytes that begin with "<" are written with C>.`);
  }
  const macro = macroNamed(match[1]);
  if (macro === undefined) {
    return wrong(`There is no macro <${match[1]}>.${suggest(match[1], KNOWN)}`);
  }
  const times = match[2] === undefined ? 1 : Number(match[2]);
  if (match[2] !== undefined && !REPEATABLE.has(macro.kind)) {
    return wrong(`<${match[1]}> cannot be repeated with x${match[2]}.`);
  }
  if (times < 1) return wrong('A macro is played once at least.');
  return { kind: 'macro', macro, times };
}

function macroNamed(name: string): Macro | undefined {
  return FIXED.get(name) ?? loginMacro(name) ?? envelopeMacro(name) ?? messageMacro(name);
}

function loginMacro(name: string): Macro | undefined {
  const login: LoginChoice = name.endsWith(' second') ? 'second' : 'first';
  const bare = login === 'second' ? name.slice(0, -' second'.length) : name;
  if (bare === 'session') return { kind: 'session', login };
  if (bare === 'wrong login') return { kind: 'wrong-login', login };
  const form = FORMS.get(bare);
  if (form !== undefined) return { kind: 'login', form, login };
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
