import { observedReplies, ownReplies } from '../../../contract/amazon-ses/own-replies.ts';
import type { AmazonSesRuleId } from '../../../contract/amazon-ses/rules.ts';
import { fillReply } from '../../../contract/reply-parts.ts';
import { fieldsNamed, type HeaderSection } from '../../../smtp/message.ts';
import { checkWith, type Check } from '../check.ts';
import { refuseWith } from '../decision.ts';
import type { EndOfDataFacts } from '../facts.ts';
import { identityText, unreadableSender } from './identities.ts';
import { countedDaily, DAILY, quotasOf, RATE } from './quotas.ts';
import { refuse, roomFor, showable } from './refuse.ts';

type EndOfDataCheck = Check<EndOfDataFacts, AmazonSesRuleId>;

/** Maintenance that began while the message came. */
export const notWhole: EndOfDataCheck = checkWith(
  'maintenance meanwhile',
  refuse('error.454-service', 'error.454-service.stage'),
  ({ maintenance }) => maintenance,
);

/** Names in ARNs are cut to this many octets: both fit into one line then. */
const LONGEST_NAME = 100;

/** A connection that a policy forbids to send. */
export function accessDenied(region: string): EndOfDataCheck {
  return {
    name: 'forbidden by a policy',
    rule: 'error.554-access.names',
    refusal: ({ blocked, from, identities: [first] }) => {
      if (!blocked) return undefined;
      const owner = accountNumber(from.account);
      const identity = showable(first === undefined ? '*' : identityText(first.identity), LONGEST_NAME);
      return refuse('error.554-access', 'error.554-access.names', {
        'user-arn': `arn:aws:iam::${owner}:user/${showable(from.connection, LONGEST_NAME)}`,
        'identity-arn': `arn:aws:ses:${region}:${owner}:identity/${identity}`,
      });
    },
  };
}

/** Twelve digits that are the same for the same account. */
function accountNumber(account: string): string {
  let number = 0;
  for (const character of account) number = (number * 31 + (character.codePointAt(0) ?? 0)) % 999_999_999_989;
  return String(number).padStart(12, '0');
}

/** Fields that a message may have once (RFC 5322 §3.6, RFC 2045 §3), and the signature that public reports name. */
const ONCE: ReadonlySet<string> = new Set(
  [
    'Date From Sender Reply-To To Cc Bcc Message-ID In-Reply-To References Subject Return-Path',
    'MIME-Version Content-Type Content-Transfer-Encoding Content-ID Content-Description DKIM-Signature',
  ].flatMap((names) => names.toLowerCase().split(' ')),
);

/** A field that may stand once and stands twice. */
export const duplicateHeader: EndOfDataCheck = {
  name: 'field that stands twice',
  rule: 'error.554-duplicate',
  refusal: ({ header }) => {
    const name = secondOf(header);
    return name === undefined
      ? undefined
      : refuseWith({
          rule: 'error.554-duplicate',
          reply: fillReply(observedReplies.duplicateHeader, { header: name }),
        });
  },
};

function secondOf({ fields }: HeaderSection): string | undefined {
  const seen = new Set<string>();
  for (const { name } of fields) {
    const key = name.toLowerCase();
    if (seen.has(key)) return name;
    if (ONCE.has(key)) seen.add(key);
  }
  return undefined;
}

/** A message without a From. */
export const noFrom: EndOfDataCheck = checkWith(
  'no From',
  refuseWith({ rule: 'error.554-from', reply: ownReplies.noFrom }),
  ({ header }) => fieldsNamed(header.fields, 'From').length === 0,
);

/** A From, Sender or Return-Path that holds no address. */
export const unreadableIdentity: EndOfDataCheck = {
  name: 'sender field without an address',
  rule: 'error.554-from',
  refusal: ({ header }) => {
    const name = unreadableSender(header);
    return name === undefined
      ? undefined
      : refuseWith({ rule: 'error.554-from', reply: fillReply(ownReplies.unreadableFrom, { header: name }) });
  },
};

/** Identities that are not verified; as many are named as the line has room for. */
export function notVerified(region: string): EndOfDataCheck {
  const parts = { region: region.toUpperCase() };
  const room = roomFor('error.554-identity', 'identities', parts);
  return {
    name: 'identity not verified',
    rule: 'error.554-identity.list',
    refusal: ({ identities }) => {
      const failed = identities.filter(({ standing }) => standing !== 'verified');
      if (failed.length === 0) return undefined;
      const names = failed.map(({ identity }) => identityText(identity));
      return refuse('error.554-identity', 'error.554-identity.list', {
        ...parts,
        identities: listWithin(names, room),
      });
    },
  };
}

const MORE = '...';

/** Names parted by comma and blank; `...` ends the list where not all of them fit. */
function listWithin(names: readonly string[], room: number): string {
  const whole = names.map((name) => showable(name, room)).join(', ');
  if (whole.length <= room) return whole;
  let list = '';
  for (const name of names) {
    const next = list === '' ? name : `${list}, ${name}`;
    if (next.length + 2 + MORE.length > room) break;
    list = next;
  }
  return list === ''
    ? `${showable(names[0] ?? '', room - MORE.length)}${MORE}`
    : `${showable(list, room)}, ${MORE}`;
}

/** More recipients than a day may have. */
export const quotaExceeded: EndOfDataCheck = checkWith(
  'sending quota exceeded',
  refuse('error.454-quota'),
  ({ quotaUse, recipients, choices }) => {
    const counted = countedDaily(recipients);
    return counted > 0 && (quotaUse.get(DAILY) ?? 0) + counted > quotasOf(choices).daily;
  },
);

/** More recipients than a burst may have. */
export const rateExceeded: EndOfDataCheck = checkWith(
  'sending rate exceeded',
  refuse('error.454-rate', 'rate.burst'),
  ({ quotaUse, recipients, choices }) =>
    (quotaUse.get(RATE) ?? 0) + recipients.size > quotasOf(choices).burst,
);
