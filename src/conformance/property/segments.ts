import { encodeUtf8, octetsToString } from '../../smtp/bytes.ts';
import { writeRaw } from './raw-octets.ts';

/** Where what a client says is cut into writes of their own, so that it comes in several TCP segments. */
export const segmentCuts = [
  'within the verb',
  'before the CRLF',
  'between CR and LF',
  'behind the dot',
  'octet by octet at the end',
] as const;
export type SegmentCut = (typeof segmentCuts)[number];

/** A command, its CRLF included, as the `C>` lines that bring it in segments. */
export function commandInSegments(text: string, cut: SegmentCut): readonly string[] {
  return split(`${text}\r\n`, cut, { 'behind the dot': [2] });
}

/** A message with its end as the `C>` lines that bring it in segments. Its variables stay whole. */
export function messageInSegments(message: string, cut: SegmentCut): readonly string[] {
  const stuffed = message.replaceAll(/(^|\r\n)\./g, '$1..');
  return split(`${stuffed}.\r\n`, cut, {
    'before the CRLF': [5],
    // the CR of the last line, the dot with its CR, and the LF
    'between CR and LF': [4, 1],
    'behind the dot': [2],
  });
}

/** Octets at the end that come one by one. */
const SINGLES = 6;

/** Where each cut is, in octets from the end; `over` names other places. */
function split(
  text: string,
  cut: SegmentCut,
  over: Partial<Record<SegmentCut, readonly number[]>>,
): readonly string[] {
  const atoms = atomsOf(text);
  const fromEnd: Readonly<Record<SegmentCut, readonly number[]>> = {
    'within the verb': [atoms.length - 2],
    'before the CRLF': [2],
    'between CR and LF': [1],
    'behind the dot': [2],
    'octet by octet at the end': Array.from({ length: SINGLES }, (_none, at) => SINGLES - at),
    ...over,
  };
  const places = fromEnd[cut].map((octets) => atoms.length - octets).filter((at) => at > 0);
  return [0, ...places].map((from, at) => atoms.slice(from, places[at]).join(''));
}

/** Each octet as a `C>` line has it, and each variable as it stands. */
function atomsOf(text: string): readonly string[] {
  return text.split(/(\$\{[^}]*\})/).flatMap((part, at) => {
    if (at % 2 === 1) return [part];
    return octetsToString(encodeUtf8(part))
      .split('')
      .map((octet) => writeRaw(octet, {}));
  });
}
