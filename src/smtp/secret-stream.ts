import type { SecretBook, SecretFound } from './secret-book.ts';
import { BLANK } from './transcript.ts';

/**
 * A stream of octets without its secrets, wherever it was cut. What may be the beginning of a secret is held back until
 * more shows what it is: at most the longest form of a secret, and never behind the end of a line.
 */
export class SecretStream {
  readonly #books: readonly SecretBook[];
  #held = '';

  constructor(books: readonly SecretBook[]) {
    this.#books = books;
  }

  /** What may be shown now. */
  pass(octets: string): string {
    return this.#scan(this.#held + octets, false);
  }

  /** What was held back, at the end of the stream. */
  flush(): string {
    return this.#scan(this.#held, true);
  }

  #scan(text: string, isWhole: boolean): string {
    let shown = '';
    let from = 0;
    this.#held = '';
    for (let secret = this.#find(text, 0, isWhole); secret !== undefined;) {
      shown += text.slice(from, secret.place);
      if (secret.kind === 'begun') {
        this.#held = text.slice(secret.place);
        return shown;
      }
      shown += BLANK;
      from = secret.end;
      secret = this.#find(text, from, isWhole);
    }
    return from === 0 ? text : shown + text.slice(from);
  }

  /** The first of what the books find; at one place the one that goes furthest. */
  #find(text: string, from: number, isWhole: boolean): SecretFound | undefined {
    let first: SecretFound | undefined;
    for (const book of this.#books) {
      const found = book.find(text, from, isWhole);
      if (found !== undefined && (first === undefined || goesBefore(found, first))) first = found;
    }
    return first;
  }
}

function goesBefore(found: SecretFound, other: SecretFound): boolean {
  if (found.place !== other.place) return found.place < other.place;
  return found.kind === 'begun' || (other.kind === 'whole' && found.end > other.end);
}

/** A whole text without the secrets of these books. */
export function withoutSecrets(text: string, books: readonly SecretBook[]): string {
  const stream = new SecretStream(books);
  return stream.pass(text) + stream.flush();
}
