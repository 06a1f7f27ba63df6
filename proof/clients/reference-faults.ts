/** The ways in which it can be wrong. */
export const faults = [
  'retries 535',
  'resends to all after a partial refusal',
  'DATA without 354',
  'ignores 421',
  'retries 451 after 1 s',
  'AUTH before TLS',
  'reuses what it learnt before TLS',
  'drops the mail on 4yz',
  'double send after the cut',
  'no QUIT',
  'plain bytes to 465',
  'caches 553',
  'suppresses for ever',
  'takes text for code',
  'reconnects in parallel after 421',
  'says HELO after 421',
  'sends again where the reply is late',
  'calls a cut temporary',
  'no dot-stuffing',
  'loops without STARTTLS',
] as const;
export type Fault = (typeof faults)[number];
