/** The mechanisms of AUTH that a gateway of ours can speak: two by password, two by token (RFC 7628, and Google's XOAUTH2). */
export const authMechanisms = ['PLAIN', 'LOGIN', 'XOAUTH2', 'OAUTHBEARER'] as const;
export type AuthMechanism = (typeof authMechanisms)[number];

/** The mechanisms that carry a token in place of a password. */
export const tokenMechanisms = ['XOAUTH2', 'OAUTHBEARER'] as const satisfies readonly AuthMechanism[];
export type TokenMechanism = (typeof tokenMechanisms)[number];

/** The scope that a token must have to send mail with. */
export const tokenScope = 'smtp.send';

/** When a trigger cuts the connection. */
export const triggerCuts = ['before reply', 'after reply', 'after a goodbye', 'half after reply'] as const;
export type TriggerCut = (typeof triggerCuts)[number];

/** The stages of a session at which a trigger can force a behaviour (rule `sandbox.triggers`). */
export const triggerStages = [
  'connect',
  'EHLO',
  'STARTTLS',
  'AUTH',
  'MAIL',
  'RCPT',
  'DATA',
  'end of data',
  'QUIT',
] as const;
export type TriggerStage = (typeof triggerStages)[number];

/**
 * How the TLS of an account's own listeners can be wrong on purpose: its certificate, the offer of STARTTLS, or a reply
 * that somebody on the way put behind the gateway's own, before the handshake (RFC 3207 §4.2).
 */
export const tlsFaults = [
  'expired',
  'misnamed',
  'unknown authority',
  'missing',
  'refused',
  'injected reply',
] as const;
export type TlsFault = (typeof tlsFaults)[number];

/** Whether a domain, or any other identity, has passed its verification. */
export const domainStates = ['verified', 'unverified'] as const;
export type DomainState = (typeof domainStates)[number];

/** The DNS records that a domain needs (rule `domain.verification`). */
export const recordKinds = ['spf', 'dkim', 'dmarc'] as const;
export type RecordKind = (typeof recordKinds)[number];
