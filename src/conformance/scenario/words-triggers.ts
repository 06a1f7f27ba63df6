import type { Word } from './word.ts';

const trigger =
  'triggers: [{ stage: RCPT, match: { recipient: cc }, after: 1, times: 2, reply: 450 Balance not enough }]';

/** The key `triggers` below `given`, and what stands in it. */
export const triggerWords = [
  {
    id: 'given.triggers',
    meaning:
      'Behaviours that are forced: at a stage, for a match, a reply, a delay, a drop or a fault of TLS.',
    example: trigger,
  },
  {
    id: 'given.triggers.stage',
    meaning: 'Where it is forced: connect, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, end of data, QUIT.',
    example: trigger,
  },
  {
    id: 'given.triggers.match',
    meaning: 'For what it is forced; without it for everything.',
    example: trigger,
  },
  {
    id: 'given.triggers.match.login',
    meaning: 'Only for this login.',
    example: 'triggers: [{ stage: MAIL, match: { login: shop }, reply: 450 Balance not enough }]',
  },
  {
    id: 'given.triggers.match.sender',
    meaning: 'Only for this reverse-path.',
    example: 'triggers: [{ stage: MAIL, match: { sender: shop@example.com }, reply: 421 Domain not verify }]',
  },
  {
    id: 'given.triggers.match.recipient',
    meaning: 'Only for this recipient, by its name in `recipients`.',
    example: trigger,
  },
  {
    id: 'given.triggers.match.header',
    meaning: 'Only for a message with this header field: `Name`, or `Name: value`.',
    example:
      'triggers: [{ stage: end of data, match: { header: X-Newsletter }, reply: 450 Balance not enough }]',
  },
  {
    id: 'given.triggers.match.tls',
    meaning: 'Only where TLS stands, or with `false` only where it does not.',
    example: 'triggers: [{ stage: EHLO, match: { tls: true }, reply: 454 4.7.0 Not now }]',
  },
  {
    id: 'given.triggers.times',
    meaning: 'How many times it is forced; without end unless said.',
    example: trigger,
  },
  {
    id: 'given.triggers.after',
    meaning: 'How many times it lets pass first; none unless said.',
    example: trigger,
  },
  {
    id: 'given.triggers.reply',
    meaning: 'The reply in place of the gateway’s own.',
    example: trigger,
  },
  {
    id: 'given.triggers.carried-out',
    meaning: 'The command is carried out all the same; the reply stands in place of the one that accepts it.',
    example: 'triggers: [{ stage: end of data, reply: 254 2.0.0 Taken, carried-out: true }]',
  },
  {
    id: 'given.triggers.split',
    meaning: 'The reply leaves in several segments, its last CR and LF apart.',
    example: 'triggers: [{ stage: RCPT, split: true }]',
  },
  {
    id: 'given.triggers.delay',
    meaning: 'How long the reply is held back in real time: 500ms, 2s.',
    example: 'triggers: [{ stage: DATA, delay: 500ms }]',
  },
  {
    id: 'given.triggers.drop',
    meaning:
      'Ends the session: "before reply" and "after reply" cut it, "after a goodbye" says 421 first, "half after reply" closes the gateway’s side alone.',
    example: 'triggers: [{ stage: end of data, drop: before reply }]',
  },
  {
    id: 'given.triggers.tls',
    meaning:
      'What is wrong with TLS: expired, misnamed, unknown authority, missing, refused, injected reply; the case takes listeners of its own.',
    example: 'triggers: [{ stage: STARTTLS, tls: expired }]',
  },
] as const satisfies readonly Word[];
