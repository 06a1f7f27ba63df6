import type { Draft, SessionNumber } from './draft.ts';
import type { Step } from './step.ts';
import { inMaintenance } from './expected-replies.ts';

/** Appends a verb beside the transaction's, and what it gets. */
export function sayVerb(
  draft: Draft,
  at: SessionNumber,
  what: Extract<Step, { kind: 'verb' }>['what'],
): void {
  const refused = inMaintenance(draft);
  if (refused !== undefined) return draft.exchange(at, what === 'rset' ? 'rset' : 'NOOP', refused);
  switch (what) {
    case 'NOOP':
      return draft.exchange(at, 'NOOP', { reply: '250 *' });
    case 'rset':
      draft.sessions[at].transaction = undefined;
      return draft.exchange(at, 'rset', { reply: '250 *', rule: 'protocol.rset' });
    case 'VRFY':
      return draft.exchange(at, 'VRFY postmaster', { reply: '252 *', rule: 'protocol.vrfy' });
    case 'RSET with an argument':
      return draft.exchange(at, 'RSET all', { reply: '501 *', rule: 'protocol.syntax' });
    case 'bare LF':
      draft.say(at, String.raw`NOOP\nNOOP\r\n`, '>');
      return draft.expect(at, { reply: '5xx *', rule: 'protocol.line-ends' });
    case 'unknown':
    case 'twelve unknown':
      for (let time = 0; time < (what === 'unknown' ? 1 : 12); time += 1) {
        draft.exchange(at, `WIZ${time}`, { reply: '5xx *', rule: 'protocol.syntax' });
      }
      return draft.exchange(at, 'NOOP', { reply: '250 *', rule: 'protocol.syntax' });
  }
}

/** Appends the end of a session, a polite one or another. */
export function endSession(
  draft: Draft,
  at: SessionNumber,
  how: Extract<Step, { kind: 'end' }>['how'],
): void {
  if (how === 'QUIT') {
    draft.exchange(at, 'QUIT', { reply: '221 *', rule: 'protocol.rset', closes: true });
    return;
  }
  if (how === 'QUIT and half close' || how === 'three commands and half close') {
    halfClose(draft, at, how === 'QUIT and half close' ? ['QUIT'] : ['NOOP', 'RSET', 'VRFY postmaster']);
    return;
  }
  if (how === 'half a line') draft.say(at, 'DATA', '>');
  draft.say(at, how === 'reset' ? '<reset>' : '<close>');
  draft.forget(at);
}

const replies = { QUIT: '221 *', NOOP: '250 *', RSET: '250 *', 'VRFY postmaster': '252 *' } as const;

/** Commands in one write, and no more of the client: each is answered before the gateway closes. */
function halfClose(draft: Draft, at: SessionNumber, commands: readonly (keyof typeof replies)[]): void {
  // in maintenance the first answer would be the last
  if (draft.maintenance) return;
  for (const command of commands) draft.say(at, command);
  draft.say(at, '<half close>');
  for (const command of commands) {
    draft.expect(at, { reply: replies[command], rule: 'protocol.close.half' });
  }
  draft.expect(at, { reply: '<closes>', rule: 'protocol.close.half' });
  draft.forget(at);
}
