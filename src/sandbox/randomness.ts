import { createHash, randomBytes } from 'node:crypto';

/** The one source of randomness: all that looks random in a sandbox comes from its seed. */
export interface Randomness {
  /** The seed, so that a run can be told again. */
  readonly seed: string;
  octets(count: number): Uint8Array;
  /** An identifier: lower-case letters and digits, 80 bits. */
  id(prefix: string): string;
}

const BLOCK_OCTETS = 32;
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A stream of octets out of a seed (SHA-256 over seed and counter). Without one, the seed is fresh and unguessable. */
export function createRandomness(seed: string = randomBytes(16).toString('hex')): Randomness {
  let counter = 0;
  let left: Buffer = Buffer.alloc(0);
  const octets = (count: number): Uint8Array => {
    const blocks = [left];
    for (let length = left.length; length < count; length += BLOCK_OCTETS) {
      blocks.push(createHash('sha256').update(`${seed}:${counter}`).digest());
      counter += 1;
    }
    left = Buffer.concat(blocks);
    const taken = left.subarray(0, count);
    left = left.subarray(count);
    return new Uint8Array(taken);
  };
  return {
    seed,
    octets,
    id: (prefix) => `${prefix}${Array.from(octets(16), (octet) => ALPHABET.charAt(octet % 32)).join('')}`,
  };
}
