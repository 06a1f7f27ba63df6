import { decodeWords } from 'postal-mime';

/** What a reader may not be shown: control characters, among them line ends and NUL. */
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u001F\u007F-\u009F]+/g;

/**
 * A Subject as its reader sees it: encoded words decoded (RFC 2047), control characters that they hold as a blank. What
 * cannot be decoded stays as it is. The text is a bounded one, as `showHeaderText` gives it.
 */
export function subjectText(written: string): string {
  return written.includes('=?') ? decodeWords(written).replaceAll(controls, ' ').trim() : written;
}
