/**
 * Octets that come in pieces, copied into one buffer: views of a million pieces of one octet would cost a hundred times
 * what the octets do. What goes over the limit is counted and not kept.
 */
export class OctetBuffer {
  readonly #limit: number;
  #buffer: Buffer = Buffer.alloc(0);
  #kept = 0;
  #size = 0;

  /** Keeps so many octets at most. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Octets that came, kept or not. */
  get size(): number {
    return this.#size;
  }

  /** Octets of memory that are held, for proof. */
  get held(): number {
    return this.#buffer.length;
  }

  /** Copies what there is room for. */
  add(octets: Uint8Array): void {
    this.#size += octets.length;
    const fitting = Math.min(octets.length, this.#limit - this.#kept);
    if (fitting <= 0) return;
    this.#makeRoom(this.#kept + fitting);
    this.#buffer.set(fitting === octets.length ? octets : octets.subarray(0, fitting), this.#kept);
    this.#kept += fitting;
  }

  /** What was kept, as a buffer of its own. */
  take(): Buffer {
    if (this.#kept === this.#buffer.length) return this.#buffer;
    // not out of the shared pool: a message may be kept for long
    const own = Buffer.allocUnsafeSlow(this.#kept);
    this.#buffer.copy(own, 0, 0, this.#kept);
    return own;
  }

  /** Doubles the buffer, so that all copying together is of the order of what came. */
  #makeRoom(needed: number): void {
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(
      Math.min(this.#limit, Math.max(needed, 2 * this.#buffer.length, SMALLEST)),
    );
    this.#buffer.copy(larger, 0, 0, this.#kept);
    this.#buffer = larger;
  }
}

const SMALLEST = 2048;
