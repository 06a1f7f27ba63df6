import { accepted, followData, policyMutant, wireMutant, type Mutant, type MutantFacts } from '../mutant.ts';

/** A mutant that reads something else than came, in commands or in messages. */
function readMutant(facts: MutantFacts, change: (text: string, inMessage: boolean) => string): Mutant {
  return wireMutant(facts, (hit) => () => {
    const data = followData();
    return {
      received: (text) => {
        const changed = change(text, data.inMessage);
        if (changed !== text) hit();
        data.received(changed);
        return changed;
      },
      sent: (text) => {
        data.sent(text);
        return text;
      },
    };
  });
}

/** Gateways that are wrong about octets: line ends, and the replies as they leave. */
export const octetMutants: readonly Mutant[] = [
  policyMutant(
    {
      id: 'bare-line-ends-pass',
      rule: 'protocol.line-ends.refused',
      wrong: 'takes a message that holds a bare CR or LF',
      alsoTouches: ['order.checks'],
    },
    (own, hit) => ({
      endOfData: (facts) => {
        const decision = own.endOfData(facts);
        if (decision.kind === 'accept' || !facts.hasBareLineEnd) return decision;
        hit();
        return accepted();
      },
    }),
  ),
  readMutant(
    {
      id: 'bare-lf-ends-a-command',
      rule: 'protocol.line-ends',
      wrong: 'takes a bare LF for the end of a command',
      alsoTouches: [],
    },
    (text, inMessage) => (inMessage ? text : text.replaceAll(/(?<!\r)\n/g, '\r\n')),
  ),
  readMutant(
    {
      id: 'lf-dot-lf-ends-the-data',
      rule: 'protocol.line-ends',
      wrong: 'takes LF.LF for the end of the data',
      alsoTouches: [],
    },
    (text, inMessage) => (inMessage ? text.replaceAll(/(?<!\r)\n\.\n/g, '\r\n.\r\n') : text),
  ),
  wireMutant(
    {
      id: 'cut-line-executed',
      rule: 'protocol.line-ends',
      wrong: 'executes a line that the close cut off',
      alsoTouches: [],
    },
    (hit) => () => ({
      // a stream is not told of the close: the line is executed as soon as only its LF is missing
      received: (text) => {
        if (!text.endsWith('\r\n.\r')) return text;
        hit();
        return `${text}\n`;
      },
    }),
  ),
  wireMutant(
    {
      id: 'pipelined-replies-out-of-order',
      rule: 'protocol.pipelining',
      wrong: 'answers commands that came together out of order',
      alsoTouches: [],
    },
    (hit) => () => {
      const data = followData();
      let commands = 0;
      let answered = 0;
      let held = '';
      return {
        received: (text) => {
          commands = data.inMessage ? 0 : text.split('\r\n').length - 1;
          answered = 0;
          data.received(text);
          return text;
        },
        sent: (text) => {
          data.sent(text);
          answered += 1;
          if (commands < 4) return text;
          if (answered === 2) {
            hit();
            held = text;
            return '';
          }
          return answered === 3 ? `${text}${held}` : text;
        },
      };
    },
  ),
  wireMutant(
    {
      id: 'two-replies-to-one-command',
      rule: 'protocol.reply-form',
      wrong: 'answers RSET twice',
      alsoTouches: [
        'billing.on-accept',
        'billing.send-limit',
        'connection.block.limit',
        'connection.unblock.count',
        'protocol.auth-parameter',
        'protocol.eightbit',
        'protocol.paths',
        'protocol.rset',
      ],
    },
    (hit) => () => {
      let isRset = false;
      return {
        received: (text) => {
          isRset = /^RSET\r\n$/i.test(text);
          return text;
        },
        sent: (text) => {
          if (!isRset) return text;
          hit();
          isRset = false;
          return `${text}${text}`;
        },
      };
    },
  ),
  wireMutant(
    {
      id: 'no-reply-to-an-unknown-verb',
      rule: 'protocol.reply-form',
      wrong: 'does not answer an unknown verb',
      alsoTouches: ['protocol.syntax', 'sandbox.triggers'],
    },
    (hit) => () => ({
      sent: (text) => {
        if (!text.startsWith('500 5.5.1')) return text;
        hit();
        return '';
      },
    }),
  ),
  wireMutant(
    {
      id: 'reply-ends-with-lf',
      rule: 'protocol.reply-form',
      wrong: 'ends a reply with LF in place of CRLF',
      alsoTouches: ['protocol.syntax', 'sandbox.triggers'],
    },
    (hit) => () => ({
      sent: (text) => {
        if (!text.startsWith('500 5.5.1')) return text;
        hit();
        return text.replace('\r\n', '\n');
      },
    }),
  ),
];
