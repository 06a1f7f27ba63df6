import { accept, refuseWith, type Acceptance, type Decision, type Refusal } from './decision.ts';
import type { AuthFacts, ExchangeFault, HelloFacts } from './facts.ts';
import type { ProtocolRefusals, ProtocolReplies } from './protocol-replies.ts';

/** Verbs that carry nothing but an argument. */
export type PlainVerb = 'RSET' | 'NOOP' | 'VRFY' | 'HELP' | 'QUIT';

/** Why a session is answered out of turn: nothing that the client said was decided. */
export type Interruption = 'idle' | 'shutting down' | 'too soon' | 'local fault';

/** What the RFCs say of the verbs that no provider has a word in, in the words of a provider. */
export function protocolVerbs({ refusals, acceptances }: ProtocolReplies): {
  readonly plainVerb: (verb: PlainVerb, argument: string) => Decision;
  readonly unknownVerb: () => Refusal;
  readonly brokenExchange: (fault: ExchangeFault) => Refusal;
  readonly interruption: (why: Interruption) => Refusal;
} {
  const badArgument = refuseWith(refusals.badArgument);
  const unknownCommand = refuseWith(refusals.unknownCommand);
  const ok = accept(acceptances.ok);
  const bye = accept(acceptances.bye);
  const help = accept(acceptances.help);
  const cannotVerify = accept(acceptances.cannotVerify);
  return {
    plainVerb: (verb, argument) => {
      switch (verb) {
        case 'RSET':
          return argument === '' ? ok : badArgument;
        case 'NOOP':
          return ok;
        case 'VRFY':
          return argument === '' ? badArgument : cannotVerify;
        case 'HELP':
          return help;
        case 'QUIT':
          return argument === '' ? bye : badArgument;
      }
    },
    unknownVerb: () => unknownCommand,
    brokenExchange: (fault) =>
      refuseWith(fault === 'cancelled' ? refusals.authCancelled : refusals.badBase64),
    interruption: (why) => refuseWith(refusals[interruptions[why]]),
  };
}

const interruptions = {
  idle: 'idle',
  'shutting down': 'shuttingDown',
  'too soon': 'tooSoon',
  'local fault': 'localFault',
} as const satisfies Record<Interruption, keyof ProtocolRefusals>;

/** The answer to EHLO or HELO (RFC 5321 §4.1.1.1): what is announced is what is kept. */
export function helloReply(facts: HelloFacts): Acceptance {
  const { verb, gatewayName } = facts;
  return {
    kind: 'accept',
    reply: { code: 250, lines: verb === 'HELO' ? [gatewayName] : [gatewayName, ...extensions(facts)] },
  };
}

function extensions({ session, starttlsOffered, choices }: HelloFacts): readonly string[] {
  const authOffered = !session.loggedIn && (session.tls || !choices.authUnderTlsOnly);
  return [
    'PIPELINING',
    '8BITMIME',
    'SMTPUTF8',
    ...(authOffered ? [`AUTH ${choices.authMechanisms.join(' ')}`] : []),
    ...(starttlsOffered && !session.tls ? ['STARTTLS'] : []),
    `SIZE ${choices.sizeLimit}`,
  ];
}

/** What AUTH asks for where it is accepted. */
export function challengeOf({ acceptances }: ProtocolReplies, { mechanism }: AuthFacts): Acceptance {
  return accept(acceptances.authChallenge[mechanism === 'LOGIN' ? 'LOGIN' : 'PLAIN']);
}
