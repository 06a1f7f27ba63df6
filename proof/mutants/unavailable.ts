import { octetsToString } from '../../src/smtp/bytes.ts';
import { dotStuff } from '../../src/smtp/message.ts';
import { replyFrom } from '../../src/smtp/reply.ts';
import { watchMessages } from '../message-mutant.ts';
import { followData, policyMutant, refusalMutant, replyMutant, says, type Mutant } from '../mutant.ts';

const unavailable = '421 4.4.5 Server is temporarily unavailable';

/** Gateways that are wrong about maintenance and the session limit. */
export const unavailableMutants: readonly Mutant[] = [
  replyMutant(
    {
      id: '421-unavailable-as-451',
      rule: 'error.421-unavailable',
      wrong: 'says another code for 421 in maintenance',
      alsoTouches: [],
    },
    unavailable,
    '451 4.4.5 Server is temporarily unavailable',
  ),
  replyMutant(
    {
      id: '421-unavailable-as-in-the-example',
      rule: 'reply.example',
      wrong: "says 421 as in the page's example, without 4.4.5",
      alsoTouches: [
        'connection.block',
        'connection.block.effect',
        'connection.unblock.count',
        'error.421-unavailable',
        'error.421-unavailable.stage',
        'order.checks',
      ],
    },
    unavailable,
    '421 Server is temporarily unavailable',
  ),
  policyMutant(
    {
      id: '421-maintenance-greets',
      rule: 'error.421-unavailable.stage',
      wrong: 'greets in maintenance',
      alsoTouches: [],
    },
    (own, hit) => ({
      connect: (facts, name) => {
        if (!facts.maintenance) return own.connect(facts, name);
        hit();
        return own.connect({ ...facts, maintenance: false }, name);
      },
    }),
  ),
  policyMutant(
    {
      id: '421-maintenance-lets-open-sessions-go-on',
      rule: 'error.421-unavailable.stage',
      wrong: 'lets an open session go on in maintenance',
      alsoTouches: ['error.421-unavailable', 'reply.example'],
    },
    (own, hit) => ({
      anyVerb: (facts) => {
        if (facts.maintenance) hit();
        return own.anyVerb({ ...facts, maintenance: false });
      },
    }),
  ),
  refusalMutant(
    {
      id: '421-maintenance-stays-open',
      rule: 'error.421-unavailable.stage',
      wrong: 'does not close the session after the 421 of maintenance',
      alsoTouches: ['error.421-unavailable'],
    },
    (refusal) =>
      says(refusal, unavailable) && refusal.rule === 'error.421-unavailable.stage'
        ? { kind: 'refuse' }
        : undefined,
  ),
  policyMutant(
    {
      id: '421-one-session-too-many',
      rule: 'error.421-unavailable.stage',
      wrong: 'takes one session more than its limit',
      alsoTouches: [],
    },
    (own, hit) => ({
      connect: (facts, name) => {
        if (!facts.maintenance && own.connect(facts, name).kind !== 'accept') hit();
        return own.connect({ ...facts, openSessions: facts.openSessions - 1 }, name);
      },
    }),
  ),
  {
    id: '421-maintenance-drops-a-message-in-transfer',
    rule: 'error.421-unavailable.stage',
    wrong: 'drops a message whose transfer was under way when maintenance began',
    alsoTouches: [],
    // no seam sees at the end of the data whether maintenance is on; it begins between two packets of a message
    parts: (hit) => {
      const interrupted = new Set<string>();
      const { recorder, octetsOf } = watchMessages();
      return {
        recorder,
        wire: (own) => ({
          ...own,
          open: (tls) => {
            const below = own.open(tls);
            const data = followData();
            let message = '';
            let packets = 0;
            return {
              received: (octets) => {
                const text = octets.toString('latin1');
                message = data.inMessage ? `${message}${text}` : '';
                packets = data.inMessage ? packets + 1 : 0;
                data.received(text);
                if (packets > 1 && !data.inMessage) interrupted.add(message);
                return below.received(octets);
              },
              sent: (octets) => {
                data.sent(octets.toString('latin1'));
                return below.sent(octets);
              },
            };
          },
        }),
        policy: (own) => ({
          ...own,
          endOfData: (facts) => {
            const message = `${octetsToString(dotStuff(octetsOf(facts)))}.\r\n`;
            if (!interrupted.has(message)) return own.endOfData(facts);
            hit();
            return {
              kind: 'refuse and close',
              reply: replyFrom(unavailable),
              rule: 'error.421-unavailable.stage',
            };
          },
        }),
      };
    },
  },
];
