import { documentedReplies, type DocumentedRuleId } from '../../../contract/amazon-ses/documented-replies.ts';
import type { AmazonSesRuleId } from '../../../contract/amazon-ses/rules.ts';
import { fillReply } from '../../../contract/reply-parts.ts';
import { refuseWith, type Refusal } from '../decision.ts';

/** Octets of a reply line without its end (RFC 5321 §4.5.3.1.5). */
export const LONGEST_REPLY = 510;

/** Says no with a documented reply, its parts filled in, under the rule that settles its stage where there is one of its own. */
export function refuse(
  documented: DocumentedRuleId,
  rule: AmazonSesRuleId = documented,
  parts: Readonly<Record<string, string>> = {},
): Refusal<AmazonSesRuleId> {
  return refuseWith({ reply: fillReply(documentedReplies[documented].reply, parts), rule });
}

/** A text as a reply can show it: what is not printable ASCII as `?`, cut to so many octets (rule `error.553.address`). */
export function showable(text: string, most: number): string {
  return text.slice(0, most).replaceAll(/[^\x20-\x7E]/g, '?');
}

/** How much room a documented reply leaves to one of its parts when all its other parts are filled in. */
export function roomFor(
  documented: DocumentedRuleId,
  part: string,
  parts: Readonly<Record<string, string>> = {},
): number {
  const others = fillReply(documentedReplies[documented].reply, { ...parts, [part]: '' });
  return LONGEST_REPLY - others.length;
}
