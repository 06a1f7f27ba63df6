import { replyFrom } from '../../src/smtp/reply.ts';
import { accepted, followData, policyMutant, wireMutant, type Mutant } from '../mutant.ts';

const KNOWN_VERB = /^(?:EHLO|HELO|AUTH|STARTTLS|MAIL|RCPT|DATA|RSET|NOOP|VRFY|HELP|QUIT)\b/i;

/** Gateways that are wrong about commands: their order, their arguments, what they forget. */
export const commandMutants: readonly Mutant[] = [
  policyMutant(
    { id: 'helo-refused', rule: 'protocol.greeting', wrong: 'does not know HELO', alsoTouches: [] },
    (own, hit) => ({
      hello: (facts) => {
        if (facts.verb === 'EHLO') return own.hello(facts);
        hit();
        return { kind: 'refuse', reply: replyFrom('502 5.5.1 EHLO first'), rule: 'protocol.greeting' };
      },
    }),
  ),
  policyMutant(
    {
      id: 'enhanced-status-codes-announced',
      rule: 'reply.no-enhanced-promise',
      wrong: 'announces ENHANCEDSTATUSCODES',
      alsoTouches: [],
    },
    (own, hit) => ({
      hello: (facts) => {
        const decision = own.hello(facts);
        if (facts.verb === 'HELO') return decision;
        hit();
        const [name, ...extensions] = decision.reply.lines;
        return {
          ...decision,
          reply: { ...decision.reply, lines: [name, 'ENHANCEDSTATUSCODES', ...extensions] },
        };
      },
    }),
  ),
  policyMutant(
    {
      id: 'ehlo-keeps-the-envelope',
      rule: 'protocol.ehlo-resets',
      wrong: 'keeps the envelope over a later EHLO',
      alsoTouches: [],
    },
    (own, hit) => ({
      hello: (facts) => {
        const decision = own.hello(facts);
        if (!facts.session.inTransaction || decision.kind !== 'accept') return decision;
        hit();
        // to the gateway a refusal changes nothing; the client hears the 250
        return { kind: 'refuse', reply: decision.reply, rule: 'protocol.ehlo-resets' };
      },
    }),
  ),
  policyMutant(
    {
      id: 'nested-mail-taken',
      rule: 'protocol.order',
      wrong: 'takes a nested MAIL',
      alsoTouches: ['order.checks'],
    },
    (own, hit) => ({
      mail: (facts) => {
        if (facts.session.loggedIn && facts.session.inTransaction) hit();
        return own.mail({ ...facts, session: { ...facts.session, inTransaction: false } });
      },
    }),
  ),
  policyMutant(
    {
      id: 'auth-a-second-time-taken',
      rule: 'protocol.order',
      wrong: 'takes AUTH a second time',
      alsoTouches: [],
    },
    (own, hit) => ({
      auth: (facts) => {
        if (facts.session.loggedIn) hit();
        return own.auth({ ...facts, session: { ...facts.session, loggedIn: false } });
      },
    }),
  ),
  policyMutant(
    {
      id: 'unknown-parameter-taken',
      rule: 'protocol.syntax',
      wrong: 'takes an unknown parameter',
      alsoTouches: ['order.checks'],
    },
    (own, hit) => ({
      mail: (facts) => {
        const decision = own.mail(facts);
        if (decision.reply.code !== 555) return decision;
        hit();
        return accepted();
      },
    }),
  ),
  wireMutant(
    {
      id: 'tenth-unknown-verb-closes',
      rule: 'protocol.syntax',
      wrong: 'closes the session on the tenth unknown verb',
      alsoTouches: [],
    },
    (hit) => () => {
      const data = followData();
      let unknown = 0;
      return {
        received: (text) => {
          data.received(text);
          if (data.inMessage || unknown < 9 || KNOWN_VERB.test(text)) return text;
          hit();
          return 'QUIT\r\n';
        },
        sent: (text) => {
          data.sent(text);
          if (text.startsWith('500 ')) unknown += 1;
          return unknown >= 9 && text.startsWith('221') ? '421 4.7.0 Too many errors\r\n' : text;
        },
      };
    },
  ),
  policyMutant(
    {
      id: 'quoted-local-part-refused',
      rule: 'protocol.paths',
      wrong: 'refuses a quoted local part',
      alsoTouches: [],
    },
    (own, hit) => ({
      rcpt: (facts) => {
        const { argument } = facts;
        const isQuoted = argument.kind === 'read' && argument.rcpt.forwardPath.localPart.startsWith('"');
        if (!isQuoted) return own.rcpt(facts);
        hit();
        return own.rcpt({ ...facts, argument: { kind: 'unreadable', text: '' } });
      },
    }),
  ),
  policyMutant(
    {
      id: 'postmaster-refused',
      rule: 'protocol.paths',
      wrong: 'refuses <Postmaster> without a domain',
      alsoTouches: [],
    },
    (own, hit) => ({
      rcpt: (facts) => {
        const { argument } = facts;
        if (argument.kind === 'unreadable' || argument.rcpt.forwardPath.domain !== '') return own.rcpt(facts);
        hit();
        return own.rcpt({ ...facts, argument: { kind: 'unreadable', text: '' } });
      },
    }),
  ),
  policyMutant(
    {
      id: 'auth-parameter-refused',
      rule: 'protocol.auth-parameter',
      wrong: 'does not know the AUTH parameter of MAIL',
      alsoTouches: [],
    },
    (own, hit) => ({
      mail: (facts) => {
        const { argument } = facts;
        if (argument.kind === 'unreadable' || !argument.mail.parameters.has('AUTH')) return own.mail(facts);
        hit();
        return {
          kind: 'refuse',
          reply: replyFrom('555 5.5.4 Parameter not recognized'),
          rule: 'protocol.syntax',
        };
      },
    }),
  ),
  policyMutant(
    {
      id: 'rset-keeps-the-envelope',
      rule: 'protocol.rset',
      wrong: 'keeps the envelope over RSET',
      alsoTouches: ['connection.block.limit', 'connection.unblock.count', 'protocol.auth-parameter'],
    },
    (own, hit) => ({
      plainVerb: (verb, argument) => {
        const decision = own.plainVerb(verb, argument);
        if (verb !== 'RSET' || decision.kind !== 'accept') return decision;
        hit();
        return { kind: 'refuse', reply: decision.reply, rule: 'protocol.rset' };
      },
    }),
  ),
  policyMutant(
    { id: 'vrfy-tells', rule: 'protocol.vrfy', wrong: 'says to VRFY that a mailbox exists', alsoTouches: [] },
    (own, hit) => ({
      plainVerb: (verb, argument) => {
        if (verb !== 'VRFY' || argument === '') return own.plainVerb(verb, argument);
        hit();
        return accepted(`250 <${argument}>`);
      },
    }),
  ),
  policyMutant(
    {
      id: 'stays-open-after-quit',
      rule: 'protocol.close',
      wrong: 'does not close the session after 221',
      alsoTouches: ['error.450.stage'],
    },
    (own, hit) => ({
      plainVerb: (verb, argument) => {
        const decision = own.plainVerb(verb, argument);
        if (verb !== 'QUIT' || decision.kind !== 'accept') return decision;
        hit();
        return { kind: 'refuse', reply: decision.reply, rule: 'protocol.close' };
      },
    }),
  ),
  policyMutant(
    {
      id: 'smtputf8-address-refused',
      rule: 'protocol.eightbit',
      wrong: 'refuses a non-ASCII address although SMTPUTF8 was said',
      alsoTouches: [],
    },
    (own, hit) => ({
      rcpt: (facts) => {
        if (facts.smtpUtf8) hit();
        return own.rcpt({ ...facts, smtpUtf8: false });
      },
    }),
  ),
  policyMutant(
    {
      id: 'non-ascii-address-taken',
      rule: 'protocol.eightbit.ascii',
      wrong: 'takes a non-ASCII address although SMTPUTF8 was not said',
      alsoTouches: [],
    },
    (own, hit) => ({
      rcpt: (facts) => {
        if (!facts.smtpUtf8) hit();
        return own.rcpt({ ...facts, smtpUtf8: true });
      },
    }),
  ),
];
