import { createCipheriv, createDecipheriv, createSecretKey, timingSafeEqual } from 'node:crypto';

/** Keeps connection passwords encrypted: the card must be able to show them, so a hash will not do. */
export interface Sealer {
  seal(secret: string): string;
  /** Throws where the text was not sealed with this key. */
  open(sealed: string): string;
}

const NONCE_OCTETS = 12;
const TAG_OCTETS = 16;

/** AES-256-GCM; `keyOctets` are 32, `randomOctets` gives each secret a nonce of its own. */
export function createSealer(keyOctets: Uint8Array, randomOctets: (count: number) => Uint8Array): Sealer {
  const key = createSecretKey(keyOctets);
  return {
    seal(secret) {
      const nonce = randomOctets(NONCE_OCTETS);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    open(sealed) {
      const octets = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, octets.subarray(0, NONCE_OCTETS));
      decipher.setAuthTag(octets.subarray(NONCE_OCTETS, NONCE_OCTETS + TAG_OCTETS));
      const rest = octets.subarray(NONCE_OCTETS + TAG_OCTETS);
      return Buffer.concat([decipher.update(rest), decipher.final()]).toString('utf8');
    },
  };
}

/**
 * A sealer that notes each secret which passes through it, and those that are kept already: whatever is recorded is
 * searched for them. Throws where one of these was sealed with another key.
 */
export function noteSecrets(
  own: Sealer,
  kept: readonly string[],
  noted: { add(secret: string): void },
): Sealer {
  const noting: Sealer = {
    seal: (secret) => {
      noted.add(secret);
      return own.seal(secret);
    },
    open: (sealed) => {
      const secret = own.open(sealed);
      noted.add(secret);
      return secret;
    },
  };
  for (const sealed of kept) noting.open(sealed);
  return noting;
}

/** Compares without telling by its time how much was right. */
export function sameSecret(secret: string, guess: string): boolean {
  const left = Buffer.from(secret);
  const right = Buffer.from(guess);
  return left.length === right.length && timingSafeEqual(left, right);
}
