import { describe, expect, test } from 'vitest';
import { adviceOn } from './advice.ts';
import { libraryOf } from './library.ts';

const nothing = { headers: [], output: '', command: '' };

describe('the library that evidence shows', () => {
  test.each([
    ['a header', { headers: ['Subject: x\r\nX-Mailer: swaks v20201014.0 jetmore.org'] }, 'swaks'],
    ['a Message-ID', { headers: ['Message-ID: <1.2.3.JavaMail.root@shop>'] }, 'Jakarta Mail'],
    ['what it prints', { output: 'curl: (55) RCPT failed: 550' }, 'curl'],
    [
      'a stack trace',
      { output: '    at /app/node_modules/nodemailer/lib/smtp-connection/index.js:1' },
      'nodemailer',
    ],
    ['the command', { command: '/usr/bin/curl --ssl smtp://x' }, 'curl'],
    ['the command of a shell', { command: 'sh -c printf x | msmtp a@b' }, 'msmtp'],
    ['an import of its script', { command: "import nodemailer from 'nodemailer';" }, 'nodemailer'],
    [
      'Django, which stands upon smtplib',
      { command: 'import smtplib\nfrom django.core.mail import x' },
      'Django',
    ],
    ['aiosmtplib, which is another', { command: 'import aiosmtplib' }, 'aiosmtplib'],
    [
      'the header before the script',
      { headers: ['User-Agent: go-mail v0.7'], command: '"net/smtp"' },
      'go-mail',
    ],
    [
      'two that have nothing to do with each other',
      { command: "require('emailjs'); require('nodemailer')" },
      undefined,
    ],
    ['a word in a sentence', { command: 'node send.mjs --like curl' }, undefined],
    ['nothing', {}, undefined],
  ] as const)('%s', (_what, clues, library) => {
    expect(libraryOf({ ...nothing, ...clues })).toBe(library);
  });
});

test('advice names the option of the library that was met, and of no other', () => {
  expect(adviceOn('demand TLS', { library: 'nodemailer' })).toMatch(/nodemailer: requireTLS: true\.$/);
  expect(adviceOn('demand TLS', { library: undefined })).toBe(
    'Demand TLS instead of taking it where it is offered.',
  );
  expect(adviceOn('one connection at a time', { library: 'curl' })).not.toMatch(/nodemailer|curl/);
});
