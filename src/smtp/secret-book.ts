import { formsOf, SHORTEST_SECRET, type SecretForm } from './secret-forms.ts';

/** A place in a text at which a secret stands, or at which one begins that the text may go on with. */
export type SecretFound =
  | { readonly kind: 'whole'; readonly place: number; readonly end: number }
  | { readonly kind: 'begun'; readonly place: number };

/**
 * The secrets that no record may show, in all forms in which they can appear. To look through a text costs about the
 * same however many there are.
 */
export interface SecretBook {
  /** Adds a secret; where the book is full the oldest goes. One of less than four octets is not looked for. */
  add(secret: string): void;
  has(secret: string): boolean;
  /** The first secret from an offset on; with `isWhole` nothing comes behind the text, so that none is only begun. */
  find(text: string, from: number, isWhole: boolean): SecretFound | undefined;
}

/** A book of so many secrets at most. */
export function createSecretBook(capacity = 20_000): SecretBook {
  const known = new Map<string, readonly SecretForm[]>();
  /** Forms under their first four characters. */
  const heads = new Map<string, SecretForm[]>();
  /** How many forms begin with each run of up to three characters. */
  const starts = new Map<string, number>();
  /** How many begin with each octet, and with four that mix to a number: most places of a text are passed over by these. */
  const octets = new Uint32Array(256);
  const mixed = capacity > SMALL ? new Uint16Array(MIXED) : undefined;

  const count = ({ text }: SecretForm, by: 1 | -1) => {
    for (let length = 1; length < SHORTEST_SECRET; length += 1) {
      const start = text.slice(0, length);
      starts.set(start, (starts.get(start) ?? 0) + by);
      if (starts.get(start) === 0) starts.delete(start);
    }
    const first = text.charCodeAt(0) & 0xff;
    octets[first] = (octets[first] ?? 0) + by;
    const mix = mixAt(text, 0);
    if (mixed !== undefined && mix !== undefined) mixed[mix] = (mixed[mix] ?? 0) + by;
  };
  const enter = (form: SecretForm) => {
    const head = form.text.slice(0, SHORTEST_SECRET);
    heads.set(head, [...(heads.get(head) ?? []), form]);
    count(form, 1);
  };
  const strike = (form: SecretForm) => {
    const head = form.text.slice(0, SHORTEST_SECRET);
    const left = (heads.get(head) ?? []).filter((each) => each !== form);
    if (left.length > 0) heads.set(head, left);
    else heads.delete(head);
    count(form, -1);
  };
  const look = (text: string, place: number, isWhole: boolean): SecretFound | undefined => {
    const head = headAt(text, place);
    if (head.length < SHORTEST_SECRET)
      return !isWhole && starts.has(head) ? { kind: 'begun', place } : undefined;
    let end = -1;
    for (const form of heads.get(head) ?? []) {
      const came = compare(form, text, place);
      if (came === 'goes on' && !isWhole) return { kind: 'begun', place };
      if (typeof came === 'number') end = Math.max(end, came);
    }
    return end === -1 ? undefined : { kind: 'whole', place, end };
  };

  return {
    add: (secret) => {
      const forms = known.has(secret) ? [] : formsOf(secret);
      if (forms.length === 0) return;
      known.set(secret, forms);
      forms.forEach(enter);
      const [oldest] = known;
      if (known.size <= capacity || oldest === undefined) return;
      oldest[1].forEach(strike);
      known.delete(oldest[0]);
    },
    has: (secret) => known.has(secret),
    find: (text, from, isWhole) => {
      if (known.size === 0) return undefined;
      for (let place = from; place < text.length; place += 1) {
        if (octets[text.charCodeAt(place) & 0xff] === 0) continue;
        const mix = mixed === undefined ? undefined : mixAt(text, place);
        if (mix !== undefined && mixed?.[mix] === 0) continue;
        const found = look(text, place, isWhole);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

/** A book of no more secrets is looked through without a table of mixes, which would be larger than itself. */
const SMALL = 64;
const MIXED = 262_144;

/** Four characters as one number below {@link MIXED}; `undefined` where the text, or a line of it, ends before that. */
function mixAt(text: string, place: number): number | undefined {
  let mix = 0;
  for (let at = place; at < place + SHORTEST_SECRET; at += 1) {
    const code = text.charCodeAt(at);
    // not a number is what stands behind the end
    if (!(code > 0x0d)) return undefined;
    mix = (mix * 41 + code) & (MIXED - 1);
  }
  return mix;
}

/** The first four characters from a place on, a line end between two of them left out; fewer where the text ends. */
function headAt(text: string, place: number): string {
  const plain = text.slice(place, place + SHORTEST_SECRET);
  if (!/[\r\n]/.test(plain)) return plain;
  let head = '';
  for (let at = place; head.length < SHORTEST_SECRET && at < text.length; at += 1) {
    const folded = head === '' ? at : behindLineEnd(text, at);
    if (folded >= text.length) return '';
    head += text[folded];
    at = folded;
  }
  return head;
}

/** Where the form ends that begins at a place; `goes on` where the text ends first. */
function compare(
  { text: form, folds }: SecretForm,
  text: string,
  place: number,
): number | 'goes on' | undefined {
  if (!folds) {
    if (text.startsWith(form, place)) return place + form.length;
    return text.length - place < form.length && form.startsWith(text.slice(place)) ? 'goes on' : undefined;
  }
  let at = place;
  for (let read = 0; read < form.length; read += 1) {
    if (at >= text.length) return 'goes on';
    const behind = read === 0 ? at : behindLineEnd(text, at);
    // what stands at the end of a line is over: the next line is another matter
    if (behind >= text.length || text[behind] !== form[read]) return undefined;
    at = behind + 1;
  }
  return at;
}

/** Behind one line end that stands at a place, or the place itself. */
function behindLineEnd(text: string, at: number): number {
  if (text[at] === '\n') return at + 1;
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at;
}
