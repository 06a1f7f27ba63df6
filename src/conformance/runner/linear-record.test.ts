import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { expect, test } from 'vitest';
import { replyFrom } from '../../smtp/reply.ts';
import { parseGiven } from '../scenario/parse-given.ts';
import { readDialogue } from '../scenario/read-dialogue.ts';
import { indexSubmissions } from './compare-delivered.ts';
import { followConversation } from './conversation.ts';
import { countSteps } from './count-steps-fixture.ts';
import { checkTrace } from './invariants.ts';
import { checkRecord } from './record-invariants.ts';

// What a case costs beside the wire grows with its recipients and commands, not with their square.

const given = parseGiven({});
const began = Date.parse(given.clock);
const [line] = readDialogue(emailmassivo, [{ text: 'C: NOOP', position: { line: 1, column: 1 } }]).lines;

const addresses = (count: number, domain = 'x.example') =>
  Array.from({ length: count }, (_, at) => `to${at}@${domain}`);

/** A session in which all recipients are named in one write, and accepted for one message. */
function blast(recipients: readonly string[]) {
  const conversation = followConversation(() => began);
  conversation.gatewayReplied(replyFrom('220 ready'));
  const named = recipients.map((address) => `RCPT TO:<${address}>\r\n`).join('');
  conversation.clientSaid(`MAIL FROM:<s@b.example>\r\n${named}DATA\r\n`);
  for (let reply = 0; reply <= recipients.length; reply += 1)
    conversation.gatewayReplied(replyFrom('250 ok'));
  conversation.gatewayReplied(replyFrom('354 go'));
  conversation.clientSaid('text\r\n.\r\n');
  conversation.gatewayReplied(replyFrom('250 ok'));
  return conversation;
}

/** Many small messages of one login, a recipient each. */
function month(recipients: readonly string[]) {
  const conversation = followConversation(() => began);
  conversation.gatewayReplied(replyFrom('220 ready'));
  for (const address of recipients) {
    conversation.clientSaid(`MAIL FROM:<s@b.example>\r\nRCPT TO:<${address}>\r\nDATA\r\n`);
    for (const reply of ['250 ok', '250 ok', '354 go']) conversation.gatewayReplied(replyFrom(reply));
    conversation.clientSaid('text\r\n.\r\n');
    conversation.gatewayReplied(replyFrom('250 ok'));
  }
  return conversation;
}

function checkWhole(recipients: readonly string[], talk: typeof blast, found: readonly string[]) {
  return checkRecord({
    given,
    changes: [],
    endedAt: began,
    conversations: [talk(recipients)],
    otherLogins: [],
    observation: {
      charged: found.length,
      balance: undefined,
      history: found.map((recipient) => ({ recipient, status: 'delivered', time: given.clock })),
      otherHistory: [],
      status: 'Active',
      suppressed: [],
      statistics: undefined,
    },
    copies: new Map(found.map((address) => [address, 1])),
    isWhole: true,
    declared: emailmassivo.declaredLimits,
  });
}

const works: readonly (readonly [what: string, work: (count: number) => void])[] = [
  ['recipients that are named in one write', (count) => void blast(addresses(count))],
  ['messages of one session', (count) => void month(addresses(count))],
  [
    'the record of one message to many',
    (count) => void checkWhole(addresses(count), blast, addresses(count)),
  ],
  ['the record of many messages', (count) => void checkWhole(addresses(count), month, addresses(count))],
  [
    'the record of a gateway that mixes up all addresses',
    (count) => void checkWhole(addresses(count), blast, addresses(count, 'y.example')),
  ],
  [
    'the submissions of each recipient',
    (count) => {
      const of = indexSubmissions(month(addresses(count)).submissions());
      for (const address of addresses(count)) of(address);
    },
  ],
  [
    'replies that break an invariant each',
    (count) => {
      if (line === undefined) throw new TypeError('The dialogue has one line.');
      const reply = replyFrom('250 ok');
      const replies = addresses(count).map((fault) => {
        return { reply, faults: [fault], answers: 'NOOP', tls: false, line };
      });
      const trace = {
        replies,
        malformed: [],
        unasked: '',
        end: 'open',
        closeIsExpected: false,
        line,
      } as const;
      expect(checkTrace(emailmassivo, trace, [], new Set())).toHaveLength(count);
    },
  ],
];

test.each(works)('%s: twice as many take twice the steps', async (_what, work) => {
  // what is done once is done before anything is counted
  work(2);
  const some = await countSteps(() => work(200));
  const twice = await countSteps(() => work(400));
  expect(some).toBeGreaterThan(200);
  expect(twice / some).toBeLessThan(2.2);
});
