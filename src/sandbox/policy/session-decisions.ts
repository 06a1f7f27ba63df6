import { ownReplies } from '../../contract/rfc/own-replies.ts';
import { replyFrom } from '../../smtp/reply.ts';
import { accept, refuseAndClose, refuseBy, type Decision } from './decision.ts';
import type { DataFacts, HelloFacts, ListenerFacts, SessionFacts } from './facts.ts';

/** In place of the greeting (rule `error.421-unavailable.stage`). */
export function decideConnect(facts: ListenerFacts, gatewayName: string): Decision {
  const { sessionLimit } = facts.choices;
  const full = sessionLimit !== null && facts.openSessions > sessionLimit;
  return facts.maintenance || full
    ? refuseAndClose('error.421-unavailable', 'error.421-unavailable.stage')
    : accept(`220 ${gatewayName} ESMTP`);
}

/** What comes before every verb but QUIT (rule `order.checks`). */
export function decideAnyVerb(facts: Pick<ListenerFacts, 'maintenance'>): Decision {
  return facts.maintenance
    ? refuseAndClose('error.421-unavailable', 'error.421-unavailable.stage')
    : accept('250 Ok');
}

/** EHLO and HELO (RFC 5321 §4.1.1.1): what is announced is what is kept. */
export function decideHello(facts: HelloFacts): Decision {
  if (!/^[\x21-\x7E]{1,255}$/.test(facts.argument)) return refuseBy('protocol.hello-name', 'badArgument');
  const greeting = accept(`250 ${facts.gatewayName}`);
  if (facts.verb === 'HELO') return greeting;
  return {
    kind: 'accept',
    reply: { code: 250, lines: [facts.gatewayName, ...extensions(facts)] },
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

/** STARTTLS (RFC 3207 §4): it takes no argument, and there is none inside TLS. */
export function decideStarttls(session: SessionFacts, argument: string): Decision {
  if (argument !== '') return refuseBy('protocol.syntax', 'badArgument');
  return session.tls ? refuseBy('tls.no-starttls-inside', 'badSequence') : accept('220 Ready to start TLS');
}

/** RSET, NOOP, VRFY, HELP, QUIT: what they answer; only RSET and QUIT change something, which is the gateway's. */
export function decidePlainVerb(
  verb: 'RSET' | 'NOOP' | 'VRFY' | 'HELP' | 'QUIT',
  argument: string,
): Decision {
  switch (verb) {
    case 'RSET':
      return argument === '' ? accept('250 Ok') : refuseBy('protocol.syntax', 'badArgument');
    case 'NOOP':
      return accept('250 Ok');
    case 'VRFY':
      return argument === ''
        ? refuseBy('protocol.syntax', 'badArgument')
        : accept('252 Cannot say; send the mail to find out');
    case 'HELP':
      return accept('214 EHLO HELO AUTH STARTTLS MAIL RCPT DATA RSET NOOP VRFY QUIT');
    case 'QUIT':
      return argument === '' ? accept('221 Bye') : refuseBy('protocol.syntax', 'badArgument');
  }
}

/** DATA (rules `protocol.order`, `protocol.data-needs-recipient`). */
export function decideData(facts: DataFacts): Decision {
  if (facts.argument !== '') return refuseBy('protocol.syntax', 'badArgument');
  if (!facts.session.inTransaction) return refuseBy('protocol.order', 'badSequence');
  return facts.recipients.size === 0
    ? { kind: 'refuse', reply: replyFrom(ownReplies.needRecipient), rule: 'protocol.data-needs-recipient' }
    : accept('354 End data with <CR><LF>.<CR><LF>');
}
