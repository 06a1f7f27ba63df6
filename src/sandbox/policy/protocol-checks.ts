import type { Parameters } from '../../smtp/command.ts';
import { isInternational, type ReversePath } from '../../smtp/path.ts';
import { checkWith, type Check } from './check.ts';
import { refuseWith, type Refusal } from './decision.ts';
import type {
  AuthFacts,
  DataFacts,
  EndOfDataFacts,
  HelloFacts,
  LineFacts,
  LineFitness,
  MailFacts,
  RcptFacts,
  SessionFacts,
  StarttlsFacts,
} from './facts.ts';
import type { ProtocolRefusals } from './protocol-replies.ts';

const BEFORE_TLS: ReadonlySet<string> = new Set(['EHLO', 'HELO', 'NOOP', 'STARTTLS', 'QUIT']);

interface OfSession {
  readonly session: SessionFacts;
}

/**
 * The checks that the RFCs prescribe, in the words of a provider, for its lists to take up. Where they stand among the
 * provider's own is for the list to say.
 */
export function protocolChecks<Refusals extends ProtocolRefusals>(refusals: Refusals) {
  type Rule = Refusals[keyof ProtocolRefusals]['rule'];
  const said = (name: keyof ProtocolRefusals): Refusal<Rule> => refuseWith<Rule>(refusals[name]);
  const check = <Facts>(
    name: string,
    refusal: keyof ProtocolRefusals,
    applies: (facts: Facts) => boolean,
  ): Check<Facts, Rule> => checkWith<Facts, Rule, Refusal<Rule>>(name, said(refusal), applies);
  const lineIs = (what: LineFitness) => (facts: LineFacts) => facts.line === what;
  const badValue = said('badArgument');
  const unknownParameter = said('unknownParameter');

  return {
    encryptionFirst: check(
      'without TLS where all sessions need it',
      'encryptionRequired',
      // RFC 3207 §4 names these; HELO is as harmless as EHLO
      ({ tls, verb }: LineFacts) => !tls && !BEFORE_TLS.has(verb),
    ),
    lineTooLong: check('line too long', 'lineTooLong', lineIs('too long')),
    controlCharacter: check(
      'control character in the line',
      'controlCharacter',
      lineIs('a control character'),
    ),
    noUtf8: check('line that is no UTF-8', 'noUtf8', lineIs('no UTF-8')),

    helloName: check(
      'EHLO without a name that can be one',
      'badHelloName',
      ({ argument }: HelloFacts) => !/^[\x21-\x7E]{1,255}$/.test(argument),
    ),

    starttlsNotOffered: check(
      'STARTTLS is not offered',
      'unknownCommand',
      ({ offered, session }: StarttlsFacts) => !offered && !session.tls,
    ),
    tlsNotNow: check(
      'no TLS at the moment',
      'tlsNotNow',
      ({ unavailable, session }: StarttlsFacts) => unavailable && !session.tls,
    ),
    starttlsInsideTls: check('TLS already', 'starttlsInsideTls', ({ session }: OfSession) => session.tls),
    surplusArgument: check(
      'argument where there is none',
      'badArgument',
      ({ argument }: { readonly argument: string }) => argument !== '',
    ),

    authOutOfOrder: check(
      'before EHLO, after a login or in a transaction',
      'badSequence',
      ({ session }: OfSession) => !session.helloSaid || session.loggedIn || session.inTransaction,
    ),
    encryptionRequired: check(
      'without TLS where AUTH demands it',
      'encryptionRequired',
      ({ choices, session }: AuthFacts) => choices.authUnderTlsOnly && !session.tls,
    ),
    noMechanism: check('no mechanism', 'badArgument', ({ mechanism }: AuthFacts) => mechanism === ''),
    unknownMechanism: check(
      'mechanism that is not offered',
      'unknownMechanism',
      ({ choices, mechanism }: AuthFacts) => choices.authMechanisms.every((offered) => offered !== mechanism),
    ),
    surplusWords: check('too many words', 'badArgument', ({ surplusWords }: AuthFacts) => surplusWords),

    noHello: check('before EHLO', 'badSequence', ({ session }: OfSession) => !session.helloSaid),
    noLogin: check('before a login', 'authenticationRequired', ({ session }: OfSession) => !session.loggedIn),
    nested: check('inside a transaction', 'badSequence', ({ session }: OfSession) => session.inTransaction),
    noTransaction: check(
      'outside a transaction',
      'badSequence',
      ({ session }: OfSession) => !session.inTransaction,
    ),
    unreadable: check(
      'argument that cannot be read',
      'badArgument',
      ({ argument }: { readonly argument: { readonly kind: string } }) => argument.kind === 'unreadable',
    ),
    mailParameters: {
      name: 'parameter unknown, or its value wrong',
      rule: badValue.rule,
      refusal: ({ argument }: MailFacts) =>
        argument.kind === 'read'
          ? refuseParameters(argument.mail.parameters, unknownParameter, badValue)
          : undefined,
    } satisfies Check<MailFacts, Rule>,
    rcptParameters: check(
      'parameter unknown',
      'unknownParameter',
      ({ argument }: RcptFacts) => argument.kind === 'read' && argument.rcpt.parameters.size > 0,
    ),
    internationalSender: check(
      'address beyond ASCII without SMTPUTF8',
      'needsSmtpUtf8',
      ({ argument }: MailFacts) =>
        argument.kind === 'read' &&
        needsSmtpUtf8(argument.mail.reversePath, argument.mail.parameters.has('SMTPUTF8')),
    ),
    internationalRecipient: check(
      'address beyond ASCII without SMTPUTF8',
      'needsSmtpUtf8',
      ({ argument, smtpUtf8 }: RcptFacts) =>
        argument.kind === 'read' && needsSmtpUtf8(argument.rcpt.forwardPath, smtpUtf8),
    ),
    declaredSize: check(
      'declared size above the limit',
      'messageTooLarge',
      ({ argument, choices }: MailFacts) =>
        argument.kind === 'read' && Number(argument.mail.parameters.get('SIZE') ?? 0) > choices.sizeLimit,
    ),
    tooManyRecipients: check(
      'too many recipients',
      'tooManyRecipients',
      ({ recipients, choices }: RcptFacts) => recipients.size >= choices.recipientLimit,
    ),
    noRecipient: check(
      'no accepted recipient',
      'needRecipient',
      ({ recipients }: DataFacts) => recipients.size === 0,
    ),

    size: check(
      'size above the limit',
      'messageTooLarge',
      ({ size, choices }: EndOfDataFacts) => size > choices.sizeLimit,
    ),
    bareLineEnd: check('bare CR or LF', 'bareLineEnd', (facts: EndOfDataFacts) => facts.hasBareLineEnd),
    // receivers disagree about what a header section is that breaks off
    malformedHeader: check(
      'header line that is no field',
      'malformedHeader',
      ({ header }: EndOfDataFacts) => header.endedBy === 'no field',
    ),
    tooManyFields: check(
      'too many header fields',
      'tooManyFields',
      ({ header }: EndOfDataFacts) => header.endedBy === 'too many fields',
    ),
  };
}

/** A check for recipients that the transaction does not have yet: to name one again changes nothing. */
export function forNewRecipients<Rule extends string>(check: Check<RcptFacts, Rule>): Check<RcptFacts, Rule> {
  return {
    ...check,
    refusal: (facts) =>
      facts.argument.kind === 'read' && facts.recipients.has(facts.argument.key)
        ? undefined
        : check.refusal(facts),
  };
}

function refuseParameters<Said>(parameters: Parameters, unknown: Said, badValue: Said): Said | undefined {
  for (const [keyword, value] of parameters) {
    if (!isKnownParameter(keyword)) return unknown;
    if (!mailParameters[keyword].test(value ?? '')) return badValue;
  }
  return undefined;
}

/** What each parameter's value must be: RFC 1870 §3, RFC 6152 §3, RFC 6531 §3.4, RFC 4954 §5. */
const mailParameters = {
  SIZE: /^\d{1,20}$/,
  BODY: /^(?:7BIT|8BITMIME)$/i,
  SMTPUTF8: /^$/,
  AUTH: /^(?:<>|[^\s<>]+)$/,
} as const;

function isKnownParameter(keyword: string): keyword is keyof typeof mailParameters {
  return Object.hasOwn(mailParameters, keyword);
}

function needsSmtpUtf8(path: ReversePath, smtpUtf8: boolean): boolean {
  return isInternational(path) && !smtpUtf8;
}
