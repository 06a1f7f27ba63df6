import { seedNumber } from '../../src/conformance/property/seed-number.ts';

/** From fields that nobody wrote: half of them by the grammar, half of those again with a few characters changed. */
export function generateFields(count: number, seed: string): readonly string[] {
  return Array.from({ length: count }, (_, at) => generateField(drawer(seed, at)));
}

/** A whole number from 0 up to, not including, `below`. */
type Draw = (below: number) => number;

/** Draws for one field: the generator known as mulberry32. */
function drawer(seed: string, field: number): Draw {
  let state = seedNumber(seed, 'from-fields', field);
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function generateField(draw: Draw): string {
  const field = draw(8) === 0 ? soup(draw) : list(draw);
  return draw(2) === 0 ? field : spoil(field, draw);
}

const ATOMS = [
  'a',
  'shop',
  'Ada',
  "o'neil",
  'x+y',
  'a_b',
  '=?utf-8?q?Caf=C3=A9?=',
  'jörg',
  'J\u0301o',
  '-',
  '1',
];
const LABELS = ['own', 'foreign', 'example', 'müller', 'xn--mller-kva', 'b', 'my_host', '12', 'a/b'];
const BLANKS = ['', '', '', ' ', '  ', '\t', ' (note) ', '(a@hidden.example)', ' ((in) "x)'];
const QUOTED = [
  '"a b"',
  '"x@y.example"',
  '"with, comma"',
  '"a\\"b"',
  '"<evil@foreign.example>"',
  '""',
  '"ü"',
];
const SOUP = [
  ...ATOMS,
  ...LABELS,
  ...QUOTED,
  ...'<>@,;:.()[]"\\ '.split(''),
  '\u00FF',
  '@own.example',
  '<a@own.example>',
];

function one(from: readonly string[], draw: Draw): string {
  return from[draw(from.length)] ?? '';
}

function some(draw: Draw, least: number, most: number, make: () => string, between: () => string): string {
  const count = least + draw(most - least + 1);
  let text = '';
  for (let at = 0; at < count; at += 1) text += at === 0 ? make() : `${between()}${make()}`;
  return text;
}

function list(draw: Draw): string {
  const element = () => (draw(8) === 0 ? group(draw) : draw(12) === 0 ? blank(draw) : mailbox(draw));
  return some(draw, 1, 3, element, () => `${blank(draw)},${blank(draw)}`);
}

function group(draw: Draw): string {
  return `${phrase(draw)}:${some(
    draw,
    0,
    2,
    () => mailbox(draw),
    () => ', ',
  )}${blank(draw)};`;
}

function mailbox(draw: Draw): string {
  if (draw(2) === 0) return address(draw);
  const route = draw(10) === 0 ? `@${domain(draw)}:` : '';
  return `${draw(3) === 0 ? '' : phrase(draw)}${blank(draw)}<${route}${address(draw)}>${blank(draw)}`;
}

function phrase(draw: Draw): string {
  return some(
    draw,
    1,
    3,
    () => word(draw),
    () => one([' ', ' ', '. ', ' (x) '], draw),
  );
}

function word(draw: Draw): string {
  return one(draw(4) === 0 ? QUOTED : ATOMS, draw);
}

function address(draw: Draw): string {
  const around = () => (draw(6) === 0 ? blank(draw) : '');
  const local = some(
    draw,
    1,
    2,
    () => word(draw),
    () => `${around()}.${around()}`,
  );
  return `${around()}${local}${around()}@${around()}${domain(draw)}${around()}`;
}

function domain(draw: Draw): string {
  if (draw(12) === 0) return one(['[192.0.2.1]', '[IPv6:2001:db8::1]', '[ 192.0.2.1 ]', '[x]'], draw);
  const dot = () => (draw(8) === 0 ? `${blank(draw)}.${blank(draw)}` : '.');
  return some(draw, 1, 3, () => one(LABELS, draw), dot);
}

function blank(draw: Draw): string {
  return one(BLANKS, draw);
}

function soup(draw: Draw): string {
  return some(
    draw,
    1,
    12,
    () => one(SOUP, draw),
    () => '',
  );
}

/** One to three characters taken out, put in or doubled. */
function spoil(field: string, draw: Draw): string {
  let text = field;
  for (let left = 1 + draw(3); left > 0; left -= 1) {
    const at = draw(text.length + 1);
    const kind = draw(3);
    const put = kind === 0 ? '' : kind === 1 ? one(SOUP, draw) : text.slice(at, at + 1).repeat(2);
    text = `${text.slice(0, at)}${put}${text.slice(kind === 1 ? at : at + 1)}`;
  }
  return text;
}
