import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, redactText } from './redact.ts';
import { createSecretBook } from './secret-book.ts';
import { BLANK } from './transcript.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const bookOf = (...secrets: readonly string[]) => {
  const book = createSecretBook(16);
  for (const secret of secrets) book.add(secret);
  return book;
};
/** What is shown of what a client sends, piece by piece; a number is the code of a reply. */
const shown = (said: readonly (string | number)[], ...known: readonly string[]) => {
  const redactor = createRedactor(bookOf(...known));
  let out = '';
  for (const each of said) {
    if (typeof each === 'number') redactor.sawReply(each);
    else out += redactor.client(each);
  }
  return out + redactor.flush().client;
};

describe('behind AUTH nothing is shown that could be a credential (sandbox.secrets)', () => {
  test.each<[string, readonly (string | number)[], string]>([
    ['an initial response', ['AUTH PLAIN AGEAYg==\r\n'], 'AUTH PLAIN ********\r\n'],
    ['in small letters', ['auth login dXNlcg==\r\n'], 'auth login ********\r\n'],
    ['in pieces', ['AU', 'TH PL', 'AIN AGEA', 'Yg==\r', '\n'], 'AUTH PLAIN ********\r\n'],
    ['octet by octet', 'AUTH PLAIN AGEAYg==\r\n'.split(''), 'AUTH PLAIN ********\r\n'],
    [
      'answers',
      ['AUTH LOGIN\r\n', 334, 'dXNl\r\n', 334, 'cGFz\r\n', 235],
      'AUTH LOGIN\r\n********\r\n********\r\n',
    ],
    ['answers without waiting', ['AUTH LOGIN\r\ndXNl\r\ncGFz\r\n'], 'AUTH LOGIN\r\n********\r\n********\r\n'],
    ['a cancel', ['AUTH PLAIN\r\n', 334, '*\r\n', 501], 'AUTH PLAIN\r\n*\r\n'],
    [
      'an answer that reads like a command',
      ['AUTH LOGIN\r\n', 334, 'QUIT\r\n'],
      'AUTH LOGIN\r\n********\r\n',
    ],
    [
      'answers to a refusal',
      ['AUTH LOGIN\r\n', 504, 'dXNl\r\n', 500, 'cGFz\r\n', 500],
      'AUTH LOGIN\r\n********\r\n********\r\n',
    ],
    [
      'a password once more',
      ['AUTH PLAIN AA==\r\n', 535, 'hunter2\r\n', 500],
      'AUTH PLAIN ********\r\n********\r\n',
    ],
    ['LF alone', ['AUTH PLAIN\nAGEAYg==\nEHLO x\n'], 'AUTH PLAIN\n********\nEHLO x\n'],
    ['CR alone', ['AUTH PLAIN\rAGEAYg==\r'], 'AUTH PLAIN\r********\r'],
    ['an equals sign', ['AUTH PLAIN=AGEAYg==\r\n'], 'AUTH ********\r\n'],
    ['another', ['AUTH=PLAIN AGEAYg==\r\n'], 'AUTH********\r\n'],
    ['no mechanism', ['AUTH AGEAYg==\r\n'], 'AUTH ********\r\n'],
    ['base64 that looks like one', ['AUTH aHVudGVyMg\r\n'], 'AUTH ********\r\n'],
    ['no blank', ['AUTHPLAIN AGEAYg==\r\n'], 'AUTH********\r\n'],
    ['a verb misspelt', ['AUHT PLAIN AGEAYg==\r\n'], 'AUHT PLAIN ********\r\n'],
    ['a verb of somebody’s own', ['XAUTH login dXNl\r\ncGFz\r\n'], 'XAUTH login ********\r\n********\r\n'],
    [
      'a verb misspelt, and answers',
      ['ATUH LOGIN\r\n', 500, 'dXNl\r\ncGFz\r\n'],
      'ATUH LOGIN\r\n********\r\n********\r\n',
    ],
    ['tabs', ['AUTH\tPLAIN\tAGEAYg==\r\n'], 'AUTH\tPLAIN\t********\r\n'],
    ['blanks before it', ['  AUTH PLAIN AGEAYg==\r\n'], '  AUTH PLAIN ********\r\n'],
    ['two words', ['AUTH PLAIN AGEA Yg==\r\n'], 'AUTH PLAIN ********\r\n'],
    ['no end', ['AUTH PLAIN AGEAYg=='], 'AUTH PLAIN ********'],
    [
      'the verbs of other protocols',
      ['PASS hunter2\r\nLOGIN me hunter2\r\n'],
      'PASS ********\r\nLOGIN ********\r\n',
    ],
    [
      'an argument where none belongs',
      ['AUTH X\r\n', 504, 'NOOP hunter2\r\n'],
      'AUTH ********\r\nNOOP ********\r\n',
    ],
  ])('%s', (_what, said, expected) => {
    expect(shown(said)).toBe(expected);
  });

  test('commands are shown all the same, and after a 235 everything', () => {
    const commands = 'EHLO a\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nRSET\r\nQUIT\r\n';
    expect(shown(['AUTH LOGIN\r\n', 504, commands])).toBe(`AUTH LOGIN\r\n${commands}`);
    expect(shown(['AUTH PLAIN eA==\r\n', 235, 'WIZARD now\r\n'])).toBe(
      'AUTH PLAIN ********\r\nWIZARD now\r\n',
    );
  });

  test('a message behind 354 is shown as it comes, and its end ends it', () => {
    const said = ['AUTH LOGIN\r\n', 504, 'DATA\r\n', 354, 'From: a\r', '\n\r\ntext\r\n', '.\r\n', 'more\r\n'];
    expect(shown(said)).toBe('AUTH LOGIN\r\nDATA\r\nFrom: a\r\n\r\ntext\r\n.\r\n********\r\n');
  });

  test('what was a password once is one everywhere from then on, a name never', () => {
    const name = 'shop@example.com';
    const said = ['AUTH LOGIN\r\n', 504, `${base64(name)}\r\n`, 500, `${base64('hunter2')}\r\n`, 500];
    const later = `EHLO hunter2\r\nMAIL FROM:<${name}>\r\nMAIL FROM:<${base64('xhunter2')}@a.example>\r\n`;
    expect(shown([...said, later])).toBe(
      `AUTH LOGIN\r\n********\r\n********\r\nEHLO ********\r\nMAIL FROM:<${name}>\r\n` +
        `MAIL FROM:<eG********I=@a.example>\r\n`,
    );
  });
});

describe('what is known to be secret', () => {
  const secret = 'correct horse"battery';

  test.each([
    ['as it is', secret],
    ['in JSON', JSON.stringify({ password: secret })],
    ['in base64', base64(secret)],
    ['in base64 behind one octet', base64(`x${secret}`)],
    ['in base64 behind two', base64(`xy${secret}`)],
    ['in base64 among others', base64(`\0login\0${secret} and more`)],
    ['in base64url', Buffer.from(`>>>${secret}???`).toString('base64url')],
    ['in folded base64', base64(`some text and ${secret} and more`).replaceAll(/(.{10})/g, '$1\r\n')],
    [
      'in base64 of a text with bare line feeds',
      base64(`some text and ${secret} and more`).replaceAll(/(.{10})/g, '$1\n'),
    ],
  ])('%s is blanked', (_what, text) => {
    const redactor = createRedactor(bookOf(secret));
    for (const out of [redactor.whole(`before ${text} behind`), redactText(text, bookOf(secret))]) {
      expect(out).toContain(BLANK);
      expect(out.replaceAll('\r\n', '')).not.toMatch(
        /correct|horse|battery|Y29ycmVjd|aG9yc2|b3JyZWN0|Y29ycm/,
      );
    }
  });

  test('and found over the pieces of a stream, wherever they were cut', () => {
    const text = `250 ${secret} ok\r\n535 ${base64(secret)}\r\n`;
    for (let cut = 0; cut <= text.length; cut += 1) {
      const redactor = createRedactor(bookOf(secret));
      const out = redactor.gateway(text.slice(0, cut)) + redactor.gateway(text.slice(cut));
      expect(out + redactor.flush().gateway).toMatch(/^250 \*{8} ok\r\n535 \*{8}.?=*\r\n$/);
    }
  });

  test('what only begins like it is held back no longer than it may be it', () => {
    const redactor = createRedactor(bookOf(secret));
    expect(redactor.gateway('250 correct ho')).toBe('250 ');
    expect(redactor.gateway('use\r\n')).toBe('correct house\r\n');
    expect(redactor.gateway('250 corr')).toBe('250 ');
    expect(redactor.flush().gateway).toBe('corr');
  });

  test('less than four octets are none', () => {
    expect(createRedactor(bookOf('250', 'a', '')).whole('250 a')).toBe('250 a');
  });

  test('a full book forgets the oldest', () => {
    const book = createSecretBook(2);
    for (const each of ['first-secret', 'second-secret', 'third-secret']) book.add(each);
    expect(createRedactor(book).whole('first-secret second-secret third-secret')).toBe(
      `first-secret ${BLANK} ${BLANK}`,
    );
  });
});

describe('whatever is drawn', () => {
  const secret = fc
    .string({ minLength: 6, maxLength: 40, unit: 'grapheme-ascii' })
    .filter((text) => text.trim().length >= 6);

  test('nothing that is no secret is changed, and none of it is lost', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '\r\n', '\n', '.', 'AU', 'E'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, fc.array(fc.nat(60), { maxLength: 5 }), (whole, cuts) => {
        const redactor = createRedactor(bookOf('aabbaabb', 'abababab'));
        const ends = [...cuts.toSorted((left, right) => left - right), whole.length];
        let from = 0;
        let out = '';
        for (const end of ends) {
          out += redactor.gateway(whole.slice(from, end));
          from = Math.max(from, end);
        }
        out += redactor.flush().gateway;
        expect(out).toBe(whole.replaceAll(/aabbaabb|abababab/g, BLANK));
      }),
      { numRuns: 2_000 },
    );
  });

  test('a secret is in no output, however it is misused', () => {
    fc.assert(
      fc.property(secret, fc.nat(20), fc.nat(200), (password, misuse, cut) => {
        const text = misuses(password)[misuse % misuses(password).length] ?? '';
        for (const known of [bookOf(password), bookOf()]) {
          const redactor = createRedactor(known);
          const learnt = `AUTH PLAIN ${base64(`\0me\0${password}`)}\r\n`;
          const parts = [learnt, text.slice(0, cut), text.slice(cut)];
          let out = '';
          for (const part of parts) out += redactor.client(part);
          out +=
            redactor.gateway(text.slice(0, cut)) + redactor.gateway(text.slice(cut)) + redactor.whole(text);
          const rest = redactor.flush();
          out += `\n${rest.client}\n${rest.gateway}`;
          for (const form of [password, base64(password)]) expect(out).not.toContain(form);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

/** Ways in which a client, or a target, says a password where it should not. */
function misuses(password: string): readonly string[] {
  return [
    `${password}\r\n`,
    `EHLO ${password}\r\n`,
    `AUTH LOGIN\r\n${base64('me')}\r\n${base64(password)}\r\n`,
    `AUTH LOGIN ${base64('me')}\r\n${base64(password)}\r\n`,
    `AUTH PLAIN=${base64(`\0me\0${password}`)}\r\n`,
    `AUTH=PLAIN ${base64(`me\0me\0${password}`)}\r\n`,
    `AUTH ${base64(password)}\r\n`,
    `AUTH PLAIN\n${base64(`\0me\0${password}`)}\n`,
    `PASS ${password}\r\n`,
    `USER ${password}\r\n`,
    `MAIL FROM:<a@b.example> AUTH=${password}\r\n`,
    `RCPT TO:<${password}@b.example>\r\n`,
    `VRFY ${base64(password)}\r\n`,
    `NOOP ${password}`,
    `QUIT\r\n${password}\r\n`,
    `535 ${password} is wrong\r\n`,
    `334 ${base64(`is ${password} it?`)}\r\n`,
    `250-${password}\r\n250 ${base64(`xx${password}`)}\r\n`,
  ];
}

test('twice the input is twice the work, whatever it is', () => {
  const secret = `${'a'.repeat(200)}b`;
  for (const piece of ['a', 'aaab', `${'a'.repeat(199)}\r\n`, base64('a'.repeat(60))]) {
    const looks = (octets: number) => {
      const book = bookOf(secret);
      let asked = 0;
      const counting = {
        ...book,
        find: (text: string, from: number, isWhole: boolean) => {
          asked += 1;
          return book.find(text, from, isWhole);
        },
      };
      const redactor = createRedactor(counting);
      const input = piece.repeat(Math.ceil(octets / piece.length));
      for (let at = 0; at < input.length; at += 64) redactor.gateway(input.slice(at, at + 64));
      redactor.flush();
      return asked;
    };
    expect(looks(64 * 1024)).toBeLessThanOrEqual(2 * looks(32 * 1024) + 8);
  }
});
