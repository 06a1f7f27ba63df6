/**
 * Real gateways made wrong in one way each, by settings that are known to be bad or by a small plugin. The suite knows them
 * through a target file alone; beside what it finds on the same server as it comes, it must name the rule that is broken.
 */
import type { RuleId } from '../../src/contract/rule.ts';
import { aiosmtpdWith, postfix, postfixWith, type CalibrationKind } from '../calibration/servers.ts';
import { smtpServerWith } from './smtp-server.ts';

/** One wrong server. */
export interface ForeignFault {
  readonly id: string;
  /** Completes the sentence "the gateway …". */
  readonly wrong: string;
  readonly rule: RuleId;
  /** The scenarios that are played: those of the rule and some beside them. */
  readonly scenarios: readonly string[];
  readonly server: CalibrationKind;
  /** The same server as it comes. */
  readonly sound: CalibrationKind;
}

const aiosmtpdScript = '../foreign-faults/aiosmtpd_wrong.py';
const soundAiosmtpd = aiosmtpdWith(aiosmtpdScript, ['none']);
const soundSmtpServer = smtpServerWith({});

type Facts = Omit<ForeignFault, 'server' | 'sound'>;

const onPostfix = (facts: Facts, lines: readonly string[], files?: Readonly<Record<string, string>>) => ({
  ...facts,
  server: postfixWith(lines, files),
  sound: postfix,
});

/** Postfix rewrites commands before it reads them, as sites do that work around a broken client. */
const rewriting = (facts: Facts, pattern: string) =>
  onPostfix(facts, ['smtpd_command_filter = regexp:$folder/commands'], { commands: `${pattern}\n` });

const onAiosmtpd = (facts: Facts) => ({
  ...facts,
  server: aiosmtpdWith(aiosmtpdScript, [facts.id]),
  sound: soundAiosmtpd,
});

const onSmtpServer = (facts: Facts, plugin: Parameters<typeof smtpServerWith>[0]) => ({
  ...facts,
  server: smtpServerWith(plugin),
  sound: soundSmtpServer,
});

export const foreignFaults: readonly ForeignFault[] = [
  rewriting(
    {
      id: 'postfix-rset-rewritten',
      wrong: 'takes RSET for NOOP, by a filter of commands',
      rule: 'protocol.rset',
      scenarios: ['protocol/rset-forgets-the-envelope'],
    },
    '/^RSET/ NOOP',
  ),
  rewriting(
    {
      id: 'postfix-noop-rewritten',
      wrong: 'takes NOOP for RSET, by a filter of commands',
      rule: 'protocol.rset',
      scenarios: ['protocol/noop-changes-nothing'],
    },
    '/^NOOP/ RSET',
  ),
  onPostfix(
    {
      id: 'postfix-hard-errors',
      wrong: 'ends a session after three errors',
      rule: 'protocol.syntax',
      scenarios: ['protocol/unknown-verb', 'protocol/syntax'],
    },
    ['smtpd_soft_error_limit = 1', 'smtpd_hard_error_limit = 3'],
  ),
  {
    id: 'postfix-open-relay',
    wrong: 'takes mail of a whole network without a login',
    rule: 'auth.required',
    scenarios: ['login/before-login'],
    server: postfixWith([
      'smtpd_delay_reject = no',
      'smtpd_relay_restrictions = permit_mynetworks, reject',
      'smtpd_sender_restrictions =',
    ]),
    // it refuses at MAIL, and not only at RCPT as it comes
    sound: postfixWith(['smtpd_delay_reject = no']),
  },
  onPostfix(
    {
      id: 'postfix-no-starttls',
      wrong: 'speaks no TLS although its certificate is there',
      rule: 'port.25.starttls',
      scenarios: ['ports'],
    },
    ['smtpd_tls_security_level = none'],
  ),
  onAiosmtpd({
    id: 'rset-keeps',
    wrong: 'answers RSET and keeps the transaction',
    rule: 'protocol.rset',
    scenarios: ['protocol/rset-forgets-the-envelope'],
  }),
  onAiosmtpd({
    id: 'noop-forgets',
    wrong: 'forgets the transaction at NOOP',
    rule: 'protocol.rset',
    scenarios: ['protocol/noop-changes-nothing'],
  }),
  onAiosmtpd({
    id: 'quit-says-ok',
    wrong: 'answers QUIT with 250',
    rule: 'protocol.close',
    scenarios: ['protocol/one-reply-each'],
  }),
  onAiosmtpd({
    id: 'vrfy-tells',
    wrong: 'tells by VRFY who has no mailbox',
    rule: 'protocol.vrfy',
    scenarios: ['protocol/vrfy-of-anybody'],
  }),
  onAiosmtpd({
    id: 'noop-twice',
    wrong: 'answers NOOP twice',
    rule: 'protocol.reply-form',
    scenarios: ['protocol/rset-forgets-the-envelope', 'protocol/one-reply-each', 'protocol/order'],
  }),
  onAiosmtpd({
    id: 'mail-nested',
    wrong: 'takes MAIL inside a transaction',
    rule: 'protocol.order',
    scenarios: ['protocol/order'],
  }),
  onAiosmtpd({
    id: 'ehlo-keeps',
    wrong: 'keeps the transaction over a second EHLO',
    rule: 'protocol.ehlo-resets',
    scenarios: ['protocol/ehlo-again'],
  }),
  onAiosmtpd({
    id: 'no-recipient-needed',
    wrong: 'takes DATA without a recipient',
    rule: 'protocol.data-needs-recipient',
    scenarios: ['protocol/data-without-recipient'],
  }),
  onAiosmtpd({
    id: 'refuse-eleventh-recipient',
    wrong: 'takes ten recipients of a message and no more',
    rule: 'protocol.recipients',
    scenarios: ['protocol/hundred-recipients'],
  }),
  onSmtpServer(
    {
      id: 'smtp-server-any-password',
      wrong: 'takes every password',
      rule: 'error.535',
      scenarios: ['login/wrong-password'],
    },
    { onAuth: ({ username }, _session, done) => done(null, { user: username }) },
  ),
  onSmtpServer(
    {
      id: 'smtp-server-login-optional',
      wrong: 'takes mail without a login',
      rule: 'auth.required',
      scenarios: ['login/before-login'],
    },
    { authOptional: true },
  ),
];
