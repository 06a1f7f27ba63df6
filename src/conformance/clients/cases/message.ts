import { defineCase, type ClientCase } from '../client-case.ts';
import { commands, messages, type Facts, type Step } from '../facts.ts';
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

/** What becomes of a message on its way. */
export const messageCases: readonly ClientCase[] = [
  defineCase({
    id: 'hard-text',
    title: 'A text with leading dots, a long line, and letters outside ASCII (SMTP_TEXT)',
    rightWay: 'dots stuffed, CRLF, lines of 998 octets at most, 8BITMIME or encoded; the text unchanged',
    source: 'RFC 5321 §4.5.2, §2.3.8, §4.5.3.1.6; RFC 6152',
    mail: { text: hardText },
    wire: judgeText,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
];

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
