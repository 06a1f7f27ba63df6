/** What the lexer reads from: a text, or something that counts how often a character is looked at. */
export type CharacterSource = Pick<string, 'length' | 'charCodeAt' | 'slice'>;

/** A token of an address list (RFC 5322 §3.2). Comments and blanks between tokens are passed over. */
export interface Token {
  readonly kind: 'atom' | 'quoted' | 'literal' | 'end' | 'broken' | Special;
  /** As written, the quotes or brackets included; of what is broken, why. */
  readonly text: string;
  /** Whether blanks or a comment stand before it. */
  readonly spaced: boolean;
}

type Special = '<' | '>' | '@' | ',' | ';' | ':' | '.';

/** Hands out tokens, each once unless it was put back. */
export interface Lexer {
  next(): Token;
  /** The next call gives this token again. */
  putBack(token: Token): void;
}

/** A lexer over the value of a field. It looks at each character a fixed number of times at most. */
export function createLexer(source: CharacterSource): Lexer {
  let at = 0;
  let kept: Token | undefined;

  const token = (kind: Token['kind'], text: string, spaced: boolean): Token => ({ kind, text, spaced });

  /** Passes over blanks and comments, nested ones too; `undefined` where a comment is not closed. */
  const skipBlanks = (): boolean | undefined => {
    const start = at;
    let depth = 0;
    for (; at < source.length; at += 1) {
      const code = source.charCodeAt(at);
      if (code === OPEN) depth += 1;
      else if (depth === 0) {
        if (code !== SPACE && code !== TAB) break;
      } else if (code === CLOSE) depth -= 1;
      else if (code === BACKSLASH) at += 1;
      else if (isControl(code)) return undefined;
    }
    return depth > 0 ? undefined : at > start;
  };

  /** Reads up to the character that closes a quoted string or a literal. */
  const readEnclosed = (kind: 'quoted' | 'literal', close: number, spaced: boolean): Token => {
    const start = at;
    for (at += 1; at < source.length; at += 1) {
      const code = source.charCodeAt(at);
      if (code === close) {
        at += 1;
        return token(kind, source.slice(start, at), spaced);
      }
      if (code === BACKSLASH && kind === 'quoted') at += 1;
      else if (isControl(code) || (kind === 'literal' && NOT_IN_LITERAL.has(code))) break;
    }
    return token(
      'broken',
      kind === 'quoted' ? 'a quoted string is not closed' : 'a literal is broken',
      spaced,
    );
  };

  const read = (): Token => {
    const spaced = skipBlanks();
    if (spaced === undefined) return token('broken', 'a comment is not closed', false);
    if (at >= source.length) return token('end', '', spaced);
    const code = source.charCodeAt(at);
    if (code === QUOTE) return readEnclosed('quoted', QUOTE, spaced);
    if (code === OPEN_BRACKET) return readEnclosed('literal', CLOSE_BRACKET, spaced);
    const special = SPECIALS.get(code);
    if (special !== undefined) {
      at += 1;
      return token(special, special, spaced);
    }
    const start = at;
    while (at < source.length && isAtext(source.charCodeAt(at))) at += 1;
    return at === start
      ? token(
          'broken',
          `a character stands where it cannot: ${JSON.stringify(source.slice(at, at + 1))}`,
          spaced,
        )
      : token('atom', source.slice(start, at), spaced);
  };

  return {
    next: () => {
      const next = kept ?? read();
      kept = undefined;
      return next;
    },
    putBack: (put) => {
      kept = put;
    },
  };
}

const SPACE = 0x20;
const TAB = 0x09;
const QUOTE = 0x22;
const OPEN = 0x28;
const CLOSE = 0x29;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;

const SPECIALS: ReadonlyMap<number, Special> = new Map(
  (['<', '>', '@', ',', ';', ':', '.'] as const).map((special) => [special.charCodeAt(0), special]),
);

/** RFC 5322 §3.4.1 forbids some of them, readers that search for the end of an address trip over the others. */
const NOT_IN_LITERAL: ReadonlySet<number> = new Set(
  '"(),;<>@[\\'.split('').map((character) => character.charCodeAt(0)),
);

/** RFC 5322 §3.2.3 and RFC 6532 §3.2: all that is printable and no special, and all beyond ASCII. */
function isAtext(code: number): boolean {
  return code > 0x7f || ATEXT.has(code);
}

const ATEXT: ReadonlySet<number> = new Set(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~"
    .split('')
    .map((character) => character.charCodeAt(0)),
);

function isControl(code: number): boolean {
  return (code < SPACE && code !== TAB) || code === 0x7f;
}
