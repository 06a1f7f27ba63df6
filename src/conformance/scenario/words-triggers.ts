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
    id: 'given.triggers.delay',
    meaning: 'How long the reply is held back in real time: 500ms, 2s.',
    example: 'triggers: [{ stage: DATA, delay: 500ms }]',
  },
  {
    id: 'given.triggers.drop',
    meaning: 'Cuts the session, "before reply" or "after reply".',
    example: 'triggers: [{ stage: end of data, drop: before reply }]',
  },
  {
    id: 'given.triggers.tls',
    meaning:
      'What is wrong with TLS: expired, misnamed, unknown authority, missing, refused, injected reply; the case takes listeners of its own.',
    example: 'triggers: [{ stage: STARTTLS, tls: expired }]',
  },
] as const satisfies readonly Word[];
