import { expect, test } from 'vitest';
import { stringToOctets } from '../../../smtp/bytes.ts';
import { showReply } from '../../../smtp/reply.ts';
import { defaultChoices } from '../choices.ts';
import { hasBareLineEnd, headerSection } from '../../../smtp/message.ts';
import { emailmassivoPolicy as policy } from './policy.ts';

const noFrom = '550 5.6.0 Message rejected: Missing required "From" header';
const noField = '550 5.6.0 Message header holds a line that is no field';
const manyFields = 'x:\r\n'.repeat(10_000);

test.each([
  ['a From that cannot be read to its end', 'From: <a@b.example>, x\r\n\r\n', noFrom],
  ['a From of 64 KiB', `From: ${' '.repeat(65_520)}a@b.example\r\n\r\n`, noFrom],
  ['a From of a MiB of brackets', `From: ${'<'.repeat(1024 * 1024)}\r\n\r\n`, noFrom],
  ['a From a little shorter', `From: ${' '.repeat(65_000)}a@b.example\r\n\r\n`, '250 Ok'],
  ['a line that is no field', 'From: a@b.example\r\nx\r\n\r\n', noField],
  ['a From behind such a line', 'x\r\nFrom: a@b.example\r\n\r\n', noFrom],
  ['a foreign From before such a line', 'From: x@other.example\r\nx\r\n\r\n', '553 Domain not found'],
  ['the last of 10,000 fields', `${manyFields.slice(4)}From: a@b.example\r\n\r\n`, '250 Ok'],
  [
    'one field more',
    `From: a@b.example\r\n${manyFields}\r\n`,
    '552 5.3.4 Message header has too many fields',
  ],
])('%s', (_what, message, reply) => {
  const octets = stringToOctets(message);
  const addresses = { header: headerSection(octets), reversePath: 'null', recipients: new Map() } as const;
  const decision = policy.endOfData({
    ...addresses,
    size: message.length,
    hasBareLineEnd: hasBareLineEnd(octets),
    maintenance: false,
    from: { account: 'acc', connection: 'shop' },
    blocked: false,
    identities: policy.identitiesOf(addresses, defaultChoices).map((identity) => ({
      identity,
      standing: identity.domain === 'b.example' ? 'verified' : 'not registered',
    })),
    balance: 1,
    sendLimitLeft: null,
    quotaUse: new Map(),
    choices: defaultChoices,
  });
  expect(showReply(decision.reply)).toBe(reply);
});
