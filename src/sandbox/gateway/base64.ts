import { decodeUtf8 } from '../../smtp/bytes.ts';

/**
 * Base64 as RFC 4648 §4 has it, nothing more lenient, holding UTF-8 (RFC 4616): `undefined` where it is not, which is
 * a 501 and counts for nothing (rule `auth.mechanisms`). A lone `=` is an empty initial response (RFC 4954 §4).
 */
export function decodeBase64Text(text: string): string | undefined {
  if (text === '=') return '';
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined;
  return decodeUtf8(Buffer.from(text, 'base64'));
}
