import { defineCase, mailWith, type ClientCase } from '../client-case.ts';
import { commands, messages, showSeconds, stepsOf, type Facts, type Step } from '../facts.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import { judgeDuplicates, lineOf, notObserved, right } from '../judge-wire.ts';

/** Lines that a careless client changes: dots at the beginning, more than 998 octets, letters outside ASCII. */
const hardText = [
  'gauntlet-begin',
  '.',
  '..two dots',
  '.one dot',
  `long ${'x'.repeat(1_500)} long`,
  'Grüße, 10 €',
  'From the beginning of a line',
  'gauntlet-end',
].join('\n');

/** Dots on lines of their own from the first line on, and wherever octet 65,536 falls behind a header of any size. */
const longText = [
  '.',
  'gauntlet-begin',
  `exact ${'y'.repeat(992)}`,
  `long ${'x'.repeat(1_995)}`,
  ...Array.from(
    { length: 870 },
    (_, line) => `${String(line).padStart(4)} ${'a plain line of text '.repeat(3)}`,
  ),
  ...Array.from({ length: 1_500 }, (_, line) => (line % 7 === 0 ? '..' : '.')),
  'gauntlet-end',
].join('\n');

/** What becomes of a message on its way. */
export const messageCases: readonly ClientCase[] = [
  defineCase({
    id: 'hard-text',
    title: 'A text with leading dots, a long line, and letters outside ASCII (SMTP_TEXT)',
    rightWay: 'dots stuffed, CRLF, lines of 998 octets at most, 8BITMIME or encoded; the text unchanged',
    source: 'RFC 5321 §4.5.2, §2.3.8, §4.5.3.1.6; RFC 6152',
    mail: mailWith({ text: hardText }),
    wire: judgeText,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
  defineCase({
    id: 'long-text',
    title: 'A text of more than 64 KiB: dots at each border, lines of 998 and 2,000 (SMTP_TEXT)',
    rightWay: 'dots stuffed once, wherever a buffer ends; long lines encoded or folded; the text unchanged',
    source: 'RFC 5321 §4.5.2, §4.5.3.1.6',
    mail: mailWith({ text: longText }),
    wire: judgeText,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
  defineCase({
    id: 'over-size',
    title: 'SIZE 1000 is offered, and the mail has 5,000 octets (SMTP_TEXT)',
    rightWay: 'not sent, or refused once and told as permanent; no retry',
    source: 'RFC 1870 §6, §4; RFC 5321 §4.2.1',
    mail: mailWith({ text: Array.from({ length: 80 }, (_, line) => `${line} ${'x'.repeat(60)}`).join('\n') }),
    arrange: { limits: { sizeLimit: 1_000 } },
    wire: judgeSize,
    told: (facts) => judgeTold(facts, { of: () => 'permanent' }),
  }),
];

/** Where what was sent is refused for its size, nothing but another mail helps. */
function judgeSize(facts: Facts): Judgement {
  const tries = commands(facts.sessions, 'MAIL');
  const [first, second] = tries;
  if (first === undefined) {
    return stepsOf(facts.sessions).length === 0
      ? notObserved('It did not connect.')
      : right('Read SIZE, and sent nothing.');
  }
  if (second === undefined) {
    return first.reply !== undefined && first.reply.code >= 500
      ? right('Said how large it is, and was refused before the first octet.', lineOf(first))
      : right('Sent it once, and was refused.', lineOf(messages(facts.sessions)[0] ?? first));
  }
  return {
    grade: 'wrong',
    what: `Sends a mail again after ${showSeconds(facts, second.at - first.at)} that is larger than the server takes.`,
    harm: 'The whole mail is sent again and again, and never taken.',
    advice: 'Compare the size with what SIZE says, and report 552 as permanent.',
    evidence: lineOf(second),
  };
}

function judgeText(facts: Facts): Judgement {
  const [message] = messages(facts.sessions);
  if (message === undefined) return notObserved('It sent no message.');
  if (message.shortened) return notObserved('The message is longer than what is kept of one here.');
  const raw = message.text;
  const bad = judgeDuplicates(facts) ?? judgeLines(facts, raw);
  if (bad !== undefined) return { evidence: lineOf(message), ...bad };
  const [read] = facts.texts;
  if (read === undefined || read.kind === 'no text') return notObserved('The message has no text part.');
  if (read.kind === 'unknown charset') {
    return notObserved(`The text is in ${read.charset}, which cannot be read here.`);
  }
  return compareTexts(facts.text, read.text, message);
}

function compareTexts(sent: string, received: string, message: Step): Judgement {
  const expected = markedLines(sent);
  const arrived = markedLines(received);
  if (arrived === undefined || expected === undefined) {
    return received.includes('gauntlet-begin')
      ? {
          grade: 'wrong',
          what: 'The text is cut: its end did not arrive.',
          harm: 'People get half an email.',
          advice: 'Double each dot that begins a line (RFC 5321 §4.5.2).',
          evidence: lineOf(message),
        }
      : notObserved('It sent another text than the one that it was given (SMTP_TEXT).');
  }
  const at = expected.findIndex((line, index) => line !== arrived[index]);
  if (at === -1 && arrived.length === expected.length)
    return right('The text arrived unchanged.', lineOf(message));
  const changed = at === -1 ? expected.length : at;
  return {
    grade: 'wrong',
    what: `The text was changed: "${shorten(expected[changed])}" arrived as "${shorten(arrived[changed])}".`,
    harm: 'People read something else than was written.',
    advice: adviceOnChange(expected[changed]),
    evidence: lineOf(message),
  };
}

/** By the line that did not arrive as it was. */
function adviceOnChange(line = ''): string {
  if (line.startsWith('.')) return 'Double each dot that begins a line, once (RFC 5321 §4.5.2).';
  if (line.startsWith('From ')) {
    return 'Do not put ">" before a line that begins with "From ": that is for mailbox files. Encode the line instead.';
  }
  return /[^ -~]/.test(line)
    ? 'Declare the charset in which the text is written, one that has all its letters, such as utf-8.'
    : 'Encode the text (quoted-printable), so that no line has to be broken.';
}

function judgeLines(facts: Facts, raw: string): Judgement | undefined {
  if (/(?<!\r)\n|\r(?!\n)/.test(raw)) {
    return {
      grade: 'wrong',
      what: 'Sends lines that end in a bare CR or LF.',
      harm: 'Hardened servers refuse such mail; it opens the door to smuggled messages.',
      advice: 'End each line with CRLF.',
    };
  }
  const long = raw.split('\r\n').find((line) => line.length > 998);
  if (long !== undefined) {
    return {
      grade: 'wrong',
      what: `Sends a line of ${long.length} octets; 998 are allowed.`,
      harm: 'Servers cut or refuse such lines.',
      advice: 'Encode the text as quoted-printable or base64.',
    };
  }
  const mail = commands(facts.sessions, 'MAIL')[0];
  if (/[\x80-\xff]/.test(raw) && !/ BODY=8BITMIME/i.test(mail?.text ?? '')) {
    return {
      grade: 'wrong',
      what: 'Sends octets above 127 without BODY=8BITMIME.',
      harm: 'Letters may arrive broken.',
      advice: 'Say BODY=8BITMIME where it is offered, or encode the text.',
    };
  }
  return undefined;
}

/** The lines between the two marks. */
function markedLines(text: string): readonly string[] | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  const [from, to] = [lines.indexOf('gauntlet-begin'), lines.indexOf('gauntlet-end')];
  return from === -1 || to === -1 ? undefined : lines.slice(from, to);
}

function shorten(text: string | undefined): string {
  if (text === undefined) return '(nothing)';
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}
