import { createHash, randomBytes } from 'node:crypto';

/** The one source of randomness: all that looks random in a sandbox comes from its seed. */
export interface Randomness {
  /** The seed, so that a run can be told again. */
  readonly seed: string;
  octets(count: number): Uint8Array;
  /** An identifier: lower-case letters and digits, 80 bits. */
  id(prefix: string): string;
  /**
   * Identifiers, one a call, of things made together at a time (milliseconds): they begin with it and share all but their
   * ends, so that those made one after another stand side by side in an index. 50 bits of each are random.
   */
  idsAt(prefix: string, time: number): () => string;
}

const BLOCK_OCTETS = 4_096;
/** In the order of their codes, so that what is written with them sorts as the numbers do. */
const ALPHABET = '23456789abcdefghijkmnpqrstuvwxyz';

/** A stream of octets out of a seed (SHAKE256 over seed and counter). Without one, the seed is fresh and unguessable. */
export function createRandomness(seed: string = randomBytes(16).toString('hex')): Randomness {
  let counter = 0;
  let block: Buffer = Buffer.alloc(0);
  let at = 0;
  const next = (): number => {
    if (at === block.length) {
      block = createHash('shake256', { outputLength: BLOCK_OCTETS }).update(`${seed}:${counter}`).digest();
      counter += 1;
      at = 0;
    }
    const octet = block[at] ?? 0;
    at += 1;
    return octet;
  };
  const letters = (count: number): string => {
    let text = '';
    for (let taken = 0; taken < count; taken += 1) text += ALPHABET.charAt(next() % ALPHABET.length);
    return text;
  };
  return {
    seed,
    octets: (count) => Uint8Array.from({ length: count }, next),
    id: (prefix) => `${prefix}${letters(16)}`,
    idsAt: (prefix, time) => {
      const stem = `${prefix}${timeLetters(time)}${letters(10)}`;
      let made = 0;
      return () => {
        const id = made === 0 ? stem : `${stem}${made}`;
        made += 1;
        return id;
      };
    },
  };
}

/** Letters of a time, enough for a thousand years of milliseconds. */
const TIME_LETTERS = 9;

function timeLetters(time: number): string {
  let text = '';
  for (let left = Math.max(0, time); text.length < TIME_LETTERS; left = Math.floor(left / ALPHABET.length)) {
    text = ALPHABET.charAt(left % ALPHABET.length) + text;
  }
  return text;
}
