import { triggerStages, type TriggerStage } from '../../contract/vocabulary.ts';
import { showExpectation, type ServerExpectation } from './server-expectation.ts';
import { knownBrackets } from './language.ts';
import { nearestFirst, suggest } from './suggest.ts';
import { readTemplate, type Template } from './template.ts';
import { readTlsVersion } from './tls-offer.ts';

/** What an `S:` line expects; or what is wrong with it. */
export type ReadExpectation = ServerExpectation | { readonly kind: 'wrong'; readonly sentence: string };

/** What an `S?` line expects, and by which stage; or what is wrong with it. */
export type ReadOpenStage =
  | { readonly kind: 'open-stage'; readonly reply: Template; readonly by: TriggerStage }
  | { readonly kind: 'wrong'; readonly sentence: string };

const FIXED: readonly ServerExpectation[] = [
  { kind: 'closes' },
  { kind: 'closes-without-a-reply' },
  { kind: 'nothing-more' },
  { kind: 'handshake-fails' },
];

/** The expectations in brackets that name nothing. */
export const fixedExpectations: readonly string[] = FIXED.map(({ kind }) => kind.replaceAll('-', ' '));

/** Reads the text of an `S:` line, its tag already taken off. */
export function readExpectation(text: string): ReadExpectation {
  if (text.startsWith('<')) return readBracketed(text);
  if (text.startsWith('/')) return readPattern(text);
  const any = /^(?:(\d{3})|([1-9])xx) \*$/.exec(text);
  if (any?.[1] !== undefined) return { kind: 'code', code: Number(any[1]) };
  if (any?.[2] !== undefined) return { kind: 'class', class: Number(any[2]) };
  if (isReplyText(text)) return { kind: 'literal', reply: readTemplate(text) };
  const guess = guessOf(text);
  if (guess !== undefined) return wrong(`"${text}" is no expectation. Did you mean "${guess}"?`);
  return wrong(
    `"${text}" is no expectation: write a whole reply ("450 Balance not enough"), a code and a star ("250 *"), ` +
      'a class ("5xx *"), a pattern ("/regex/"), or <offers …>, <does not offer …>, <closes>, ' +
      '<closes without a reply>, <nothing more>.',
  );
}

/** What was meant by a code alone, a star without its blank, or a class with another number of x. */
function guessOf(text: string): string | undefined {
  const code = /^([2-5]\d\d)\s*\*?$/.exec(text)?.[1];
  if (code !== undefined) return `${code} *`;
  const of = /^([2-5])x{1,4}\s*\*?$/i.exec(text)?.[1];
  return of === undefined ? undefined : `${of}xx *`;
}

/** Reads the text of an `S?` line, its tag already taken off. */
export function readOpenStage(text: string): ReadOpenStage {
  const match = /^(.*) by <([^<>]*)>$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined || !isReplyText(match[1])) {
    return wrong(`"${text}" must be a whole reply and a stage: S? 450 Balance not enough by <end of data>`);
  }
  const named = match[2];
  const by = triggerStages.find((stage) => stage === named);
  return by === undefined
    ? wrong(
        `There is no stage <${named}>.${suggest(named, triggerStages)} Stages are ${triggerStages.join(', ')}.`,
      )
    : { kind: 'open-stage', reply: readTemplate(match[1]), by };
}

function isReplyText(text: string): boolean {
  // a star behind the code stands for any text and has nothing behind it; a code alone says too little
  return /^[2-5]\d\d [^*\s]/.test(text);
}

function readBracketed(text: string): ReadExpectation {
  const inside = /^<([^<>]*)>$/.exec(text)?.[1];
  if (inside === undefined) return wrong(`"${text}" begins like <…> but does not end like it.`);
  const offers = /^(offers|does not offer) (.+)$/.exec(inside);
  if (offers?.[2] !== undefined) {
    const keywords = offers[2].split(',').map((part) => part.trim());
    if (keywords.includes('')) return wrong(`<${inside}> names an empty keyword.`);
    return { kind: offers[1] === 'offers' ? 'offers' : 'does-not-offer', keywords };
  }
  if (inside.startsWith('TLS ')) return readSecured(inside);
  const fixed = FIXED.find((candidate) => candidate.kind.replaceAll('-', ' ') === inside);
  return (
    fixed ??
    wrong(
      `There is no expectation <${inside}>.${suggest(inside, knownBrackets)} Possible: ${nearestFirst(inside, knownBrackets)}.`,
    )
  );
}

/** `<TLS 1.3>`, `<TLS 1.2, ECDHE-ECDSA-AES128-GCM-SHA256>`: what the handshake came to. */
function readSecured(inside: string): ReadExpectation {
  const [named = '', cipher, ...others] = inside.split(',').map((part) => part.trim());
  const version = readTlsVersion(named);
  if (version.kind === 'wrong') return version;
  return others.length > 0 || cipher === ''
    ? wrong(`<${inside}> names a version and one cipher at most: <TLS 1.2, ECDHE-ECDSA-AES128-GCM-SHA256>.`)
    : { kind: 'secured', version: version.version, cipher };
}

function readPattern(text: string): ReadExpectation {
  const source = /^\/(.+)\/$/.exec(text)?.[1];
  if (source === undefined) return wrong(`"${text}" begins like a pattern but does not end with a slash.`);
  try {
    // what stands for a variable must not spoil the check; its value is escaped when it is filled in
    RegExp(source.replaceAll(/\$\{[^}]*\}/g, 'x'), 's');
  } catch (error) {
    return wrong(
      `${showExpectation({ kind: 'pattern', pattern: readTemplate(source), captures: [] })} is no regular expression: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const captures = [...source.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map((match) => match[1] ?? '');
  return { kind: 'pattern', pattern: readTemplate(source), captures };
}

function wrong(sentence: string): { readonly kind: 'wrong'; readonly sentence: string } {
  return { kind: 'wrong', sentence };
}
