import type { Finding } from '../result/finding.ts';

/**
 * What two findings of one fault have in common: the rule, and the replies expected and received, or what was looked at.
 * Numbers, addresses and times differ from one session to the next. Shrinking by the rule alone would slide from one
 * fault to another of the same rule, and lose the lines that mattered.
 */
export function faultOf({ rule, message, expected, received }: Finding): string {
  return [rule, kindOf(message), ...[expected, received].map(replyOrNothing)].join(' | ');
}

function kindOf(message: string): string {
  return message.split(':', 1)[0] ?? '';
}

/** A reply without what differs; other texts are numbers and lists, which shrink with the session. */
function replyOrNothing(text: string): string {
  const [first = ''] = text.split('\n', 1);
  return /^[2-5]\d\d(?:[ -]|$)/.test(first) ? first.replaceAll(/<[^>]*>/g, '<>') : '';
}
