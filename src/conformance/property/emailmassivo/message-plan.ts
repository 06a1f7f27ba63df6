/** What a generated message is made of. */
export interface MessagePlan {
  readonly from: (typeof fromKinds)[number];
  readonly fields: readonly (typeof fieldKinds)[number][];
  readonly body: readonly (typeof bodyLines)[number][];
  /** Longer than any size limit of a generated scenario. */
  readonly large: boolean;
}

/** A message that nobody could object to. */
export const plainMessage: MessagePlan = { from: 'own', fields: ['To'], body: ['text'], large: false };

/** What stands for the sender in the header. */
export const fromKinds = [
  'own',
  'own with a name',
  'own in a group',
  'own twice in one field',
  'none',
  'two fields',
  'no address',
  'foreign',
  'own and foreign',
  'own with blanks and a name beyond ASCII',
  'own behind a source route',
  'foreign with blanks',
  'own as a URL would have it',
  'foreign and own without a comma',
  'words and own',
  'own as a name without quotes',
  'a quote left open',
  'own and a line that is no field',
  'own, folded behind its name',
  'own behind a comment with a foreign one',
  'foreign in a further line',
  'foreign behind a comment with its own',
  'foreign in a folded group',
  'a domain below its own',
] as const;

/** Further fields of the header; `To` names the first recipient of each plan, whoever else there is. */
export const fieldKinds = [
  'To',
  'Bcc',
  'Received',
  'folded',
  'Message-ID',
  'Date',
  '8-bit Subject',
  'Subject',
  'no blank behind the colon',
  'multipart',
  'Bcc, folded',
  'Resent-Bcc',
  'a line over 998 octets',
] as const;

/** Lines of the body. */
export const bodyLines = [
  'text',
  'nothing',
  'dot',
  'two dots',
  'dot and text',
  '8-bit',
  'blanks at the end',
  'a long line',
  'From in the body',
  'an attachment',
  'bare LF',
  'bare CR',
  'LF dot LF',
] as const;

/** Octets of a generated message that is not large, at most; and how many a large one has at least. */
export const smallMessage = 16_000;
export const largeMessage = 40_000;

const OWN = '<${sender}>';
const FOREIGN = '<shop@nobody-registered.example>';

const froms: Readonly<Record<MessagePlan['from'], readonly string[]>> = {
  own: [`From: ${OWN}`],
  'own with a name': [`From: =?utf-8?q?Gr=C3=B6=C3=9Fe?= "a, b" ${OWN}`],
  'own in a group': [`From: Shops: ${OWN}, Orders ${OWN};`],
  'own twice in one field': [`From: ${OWN},`, ` ${OWN}`],
  none: [],
  'two fields': [`From: ${OWN}`, `from: ${OWN}`],
  'no address': ['From: Shop'],
  foreign: [`From: ${FOREIGN}`],
  'own and foreign': [`From: ${OWN}, ${FOREIGN}`],
  'own with blanks and a name beyond ASCII': ['From: Größe (of a shop) < shop . ${sender} >'],
  'own behind a source route': ['From: <@nobody-registered.example:${sender}>'],
  'foreign with blanks': [`From: ${OWN}, boss @ nobody-registered (really) . example`],
  'own as a URL would have it': ['From: <${sender}/nobody-registered.example>'],
  'foreign and own without a comma': [`From: ${FOREIGN}${OWN}`],
  'words and own': [`From: Boss boss@nobody-registered.example, ${OWN}`],
  'own as a name without quotes': [`From: \${sender} ${OWN}`],
  'a quote left open': [`From: "Shop ${OWN}`],
  'own and a line that is no field': [`From: ${OWN}`, 'this line is no field'],
  'own, folded behind its name': ['From:', ' "The shop,', `\tof the town"`, `  ${OWN}`],
  'own behind a comment with a foreign one': [`From: Shop (not ${FOREIGN}`, String.raw` \( (nested)) ` + OWN],
  'foreign in a further line': [`From: ${OWN},`, ` ${FOREIGN}`],
  'foreign behind a comment with its own': [`From: (${OWN}`, ` really) ${FOREIGN}`],
  'foreign in a folded group': ['From: Shops:', ` ${OWN},`, `\t${FOREIGN};`],
  'a domain below its own': ['From: <${sender|local}@mail.${sender|domain}>'],
};

const fields: Readonly<Record<MessagePlan['fields'][number], readonly string[]>> = {
  To: ['To: Customer <${ann}>'],
  Bcc: ['Bcc: hidden@customers.example'],
  Received: ['Received: from a program of ours; Thu, 1 Jan 2026 00:00:00 +0000'],
  folded: ['X-Folded: one', '\ttwo', '  three'],
  'Message-ID': ['Message-ID: <kept@client.example>'],
  Date: ['Date: Thu, 01 Jan 2026 00:00:00 +0000'],
  '8-bit Subject': ['Subject: Größe'],
  Subject: ['Subject: =?utf-8?q?Gr=C3=B6=C3=9Fe?='],
  'no blank behind the colon': ['X-Tight:value'],
  multipart: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="=_part"'],
  'Bcc, folded': ['bcc\t:', ' hidden@customers.example,', '\tmore@customers.example'],
  'Resent-Bcc': ['Resent-To: <${ann}>', 'Resent-Bcc : hidden@customers.example'],
  'a line over 998 octets': [`X-Long: ${'x'.repeat(1_200)}`],
};

const lines: Readonly<Record<MessagePlan['body'][number], string>> = {
  text: 'It is on its way.',
  nothing: '',
  dot: '.',
  'two dots': '..',
  'dot and text': '.text behind a dot',
  '8-bit': 'Größe: 3 €',
  'blanks at the end': 'blanks and a tab \t ',
  'a long line': 'x'.repeat(998),
  'From in the body': `From: ${OWN}`,
  'an attachment': [
    '--=_part',
    'Content-Type: application/octet-stream; name="order.bin"',
    'Content-Disposition: attachment; filename="order.bin"',
    'Content-Transfer-Encoding: base64',
    '',
    'AAECAwQFBgcICQoLDA0ODw==',
    '--=_part--',
  ].join('\r\n'),
  'bare LF': 'one\ntwo',
  'bare CR': 'one\rtwo',
  'LF dot LF': 'one\n.\nMAIL FROM:<${sender}>',
};

/** The message with its variables, as it stands under `messages:`. */
export function writeMessage({ from, fields: others, body, large }: MessagePlan): string {
  const header = [...froms[from], ...[...new Set(others)].flatMap((kind) => fields[kind])];
  const filler = large ? Array.from({ length: largeMessage / 100 }, () => 'y'.repeat(98)) : [];
  // without a field at all the first line of the body would be taken for one
  const whole = [
    ...(header.length === 0 ? ['X-Nothing: at all'] : header),
    '',
    ...body.map((kind) => lines[kind]),
    ...filler,
  ];
  return whole.map((line) => `${line}\r\n`).join('');
}

/** What the history shows of its header (`history.rows`): the first Subject, and its own Message-ID. */
export function shownInHistory({ fields: kinds }: MessagePlan): {
  readonly subject: string;
  readonly messageId: string | undefined;
} {
  const subject = kinds.find((kind) => kind === 'Subject' || kind === '8-bit Subject');
  return {
    subject: subject === undefined ? '' : textOf(subject),
    messageId: kinds.includes('Message-ID') ? textOf('Message-ID') : undefined,
  };
}

/** The text of a field of one line; the one encoded word among them as its reader sees it. */
function textOf(kind: MessagePlan['fields'][number]): string {
  if (kind === 'Subject') return 'Größe';
  const [line = ''] = fields[kind];
  return line.slice(line.indexOf(':') + 1).trim();
}

/** Whether a CR or an LF stands alone in it (`protocol.line-ends.refused`). */
export function hasBareLineEnd({ body }: MessagePlan): boolean {
  return body.some((kind) => kind === 'bare LF' || kind === 'bare CR' || kind === 'LF dot LF');
}

/**
 * What From says: a missing one, a domain that nobody registered among its mailboxes, or the sender's own alone, and
 * behind that a header section that breaks off.
 */
export function verdictOnFrom({ from }: MessagePlan): 'missing' | 'foreign' | 'own' | 'own, then broken' {
  switch (from) {
    case 'none':
    case 'two fields':
    case 'no address':
    case 'foreign and own without a comma':
    case 'words and own':
    case 'own as a name without quotes':
    case 'a quote left open':
      return 'missing';
    case 'foreign':
    case 'own and foreign':
    case 'foreign with blanks':
    case 'own as a URL would have it':
    case 'foreign in a further line':
    case 'foreign behind a comment with its own':
    case 'foreign in a folded group':
    case 'a domain below its own':
      return 'foreign';
    case 'own':
    case 'own with a name':
    case 'own in a group':
    case 'own twice in one field':
    case 'own with blanks and a name beyond ASCII':
    case 'own behind a source route':
    case 'own, folded behind its name':
    case 'own behind a comment with a foreign one':
      return 'own';
    case 'own and a line that is no field':
      return 'own, then broken';
  }
}
