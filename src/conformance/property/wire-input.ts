import fc from 'fast-check';

/** What one fuzzed session sends: chunks of octets, one character each, each in a write of its own. */
export interface WireInput {
  /** Whether the chunks go through TLS where the mode has it, or into the middle of its upgrade. */
  readonly where: 'after the opening' | 'after the login' | 'in place of the handshake';
  readonly chunks: readonly string[];
}

/** Stands in a transcript for the address of the sender, of a recipient, and for the right AUTH response. */
export const placeholders = { sender: '\u0001', recipient: '\u0002', credentials: '\u0003' } as const;

const { sender, recipient, credentials } = placeholders;

/** Sessions as clients speak them; what is fuzzed begins with one of these. */
const transcripts: readonly (readonly string[])[] = [
  [
    'EHLO client.example',
    `MAIL FROM:<${sender}>`,
    `RCPT TO:<${recipient}>`,
    'DATA',
    `From: <${sender}>\r\n\r\ntext\r\n.`,
  ],
  [
    'EHLO client.example',
    `AUTH PLAIN ${credentials}`,
    `MAIL FROM:<${sender}> BODY=8BITMIME`,
    `RCPT TO:<${recipient}>`,
    'RSET',
    'NOOP',
  ],
  ['HELO client.example', 'VRFY postmaster', 'HELP', 'NOOP', 'RSET'],
  ['EHLO client.example', 'AUTH LOGIN', 'bm9ib2R5', 'bm90aGluZw==', 'AUTH PLAIN', '*', 'STARTTLS'],
  [
    'EHLO client.example',
    `MAIL FROM:<${sender}> SIZE=100`,
    `RCPT TO:<${recipient}>`,
    `RCPT TO:<"q\\"uoted"@recipients.example>`,
    'DATA',
    `From: <${sender}>\r\nX: y\r\n\r\n..dot\r\n.\r\n.`,
    `MAIL FROM:<>`,
  ],
];

const octet = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const nasty = fc.constantFrom(
  '\r',
  '\n',
  '\0',
  '.',
  '\r\n',
  '\r\n.\r\n',
  '\n.\n',
  '\u00ff',
  ' ',
  '<',
  '>',
  '"',
  '\\',
  ':',
  '@',
  '\t',
  'DATA\r\n',
);
const garbage = fc
  .array(fc.oneof(octet, nasty), { minLength: 1, maxLength: 60 })
  .map((parts) => parts.join(''));

type Mutation =
  | { readonly kind: 'drop' | 'double' | 'swap'; readonly line: number }
  | { readonly kind: 'insert' | 'replace'; readonly at: number; readonly text: string }
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'bare'; readonly line: number; readonly end: string };

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constantFrom('drop' as const, 'double' as const, 'swap' as const), line: fc.nat(8) }),
  fc.record({
    kind: fc.constantFrom('insert' as const, 'replace' as const),
    at: fc.nat(200),
    text: fc.oneof(nasty, octet, garbage),
  }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(200) }),
  fc.record({
    kind: fc.constant('bare' as const),
    line: fc.nat(8),
    end: fc.constantFrom('\n', '\r', '\r\r\n', '\n\r'),
  }),
);

const mutated = fc
  .tuple(fc.constantFrom(...transcripts), fc.array(mutation, { maxLength: 4 }))
  .map(([lines, mutations]) => mutations.reduce(mutate, `${lines.join('\r\n')}\r\n`));

function mutate(text: string, change: Mutation): string {
  switch (change.kind) {
    case 'insert':
      return text.slice(0, change.at) + change.text + text.slice(change.at);
    case 'replace':
      return text.slice(0, change.at) + change.text + text.slice(change.at + change.text.length);
    case 'cut':
      return text.slice(0, change.at);
    case 'drop':
    case 'double':
    case 'swap':
    case 'bare': {
      const lines = text.split('\r\n');
      const at = change.line % lines.length;
      if (change.kind === 'bare')
        return lines.slice(0, at + 1).join('\r\n') + change.end + lines.slice(at + 1).join('\r\n');
      if (change.kind === 'drop') return lines.toSpliced(at, 1).join('\r\n');
      if (change.kind === 'double') return lines.toSpliced(at, 0, lines[at] ?? '').join('\r\n');
      return lines.toSpliced(at, 2, ...lines.slice(at, at + 2).toReversed()).join('\r\n');
    }
  }
}

/** Octets in chunks: cut at the offsets, which may fall anywhere, or each octet for itself. */
const chunked = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: mutated }, garbage),
    fc.array(fc.nat(300), { maxLength: 30 }),
    fc.nat(30),
  )
  .map(([text, offsets, singles]) => {
    if (singles === 0) return text.split('');
    const cuts = [...new Set([0, ...offsets.filter((at) => at < text.length), text.length])].toSorted(
      (one, other) => one - other,
    );
    return cuts.slice(1).map((end, at) => text.slice(cuts[at], end));
  })
  .map((chunks) => chunks.filter((chunk) => chunk !== ''))
  .filter((chunks) => chunks.length > 0);

/** What fuzzed sessions send. */
export const wireInput: fc.Arbitrary<WireInput> = fc.record({
  where: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('after the opening' as const, 'after the login' as const) },
    fc.constant('in place of the handshake' as const),
  ),
  chunks: chunked,
});
