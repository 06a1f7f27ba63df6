/**
 * The octets of base64 as RFC 4648 §4 has it, nothing more lenient; `undefined` where the text is none, which is a 501
 * and counts for nothing (rule `auth.mechanisms`).
 */
export function decodeBase64(text: string): Buffer | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined;
  return Buffer.from(text, 'base64');
}
