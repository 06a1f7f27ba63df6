import { adviceOn } from '../advice.ts';
import { defineCase, type ClientCase } from '../client-case.ts';
import { commands, messages, stepsOf, type Facts } from '../facts.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import { allDelivered, lineOf, notObserved, right } from '../judge-wire.ts';

/** Octets of a command line, its CRLF included (RFC 5321 §4.5.3.1.4). */
const COMMAND_LINE = 512;

/** A password of so many characters that no program breaks at by itself. */
function asciiPassword(length: number): string {
  return Array.from({ length }, (_, index) => 'aB3$x%Q-9=k&'.charAt(index % 12)).join('');
}

/** Logins whose password is long, or outside ASCII. */
export const passwordCases: readonly ClientCase[] = [
  passwordCase('password-90', 'A password of 90 characters', asciiPassword(90)),
  passwordCase('password-utf8', 'A password with § and €', 'Grüße§für€10'),
  passwordCase('password-255', 'A password of 255 characters, § and € among them', '§€x'.repeat(85)),
];

function passwordCase(id: string, title: string, password: string): ClientCase {
  // base64 of two NUL and the password alone; the login comes on top
  const least = 'AUTH PLAIN '.length + Math.ceil((Buffer.byteLength(password) + 2) / 3) * 4 + 2;
  return defineCase({
    id,
    title,
    rightWay:
      least > COMMAND_LINE
        ? 'in UTF-8; AUTH alone, and the answer behind the 334, since the line would be longer than 512 octets'
        : 'in UTF-8, and logged in',
    source: least > COMMAND_LINE ? 'RFC 4954 §4, RFC 5321 §4.5.3.1.4; RFC 4616 §2' : 'RFC 4616 §2',
    arrange: { password },
    wire: (facts) => judgePassword(facts, least),
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  });
}

function judgePassword(facts: Facts, least: number): Judgement {
  const [auth] = commands(facts.sessions, 'AUTH');
  if (auth === undefined) return notObserved('It did not log in.');
  const initial = commands(facts.sessions, 'AUTH').find(({ text }) => /^AUTH\s+PLAIN\s+\S/i.test(text));
  if (initial !== undefined && least > COMMAND_LINE) {
    return {
      grade: 'wrong',
      what: `Sends AUTH with the whole answer in one line of more than ${COMMAND_LINE} octets.`,
      harm: 'A server that takes no longer lines refuses the login, and no email goes out.',
      advice: adviceOn('wait for 334', facts),
      evidence: lineOf(initial),
    };
  }
  const refused = stepsOf(facts.sessions).find(
    ({ verb, kind, reply }) =>
      (verb === 'AUTH' || kind === 'answer to a challenge') && (reply?.code ?? 0) >= 400,
  );
  if (refused !== undefined) {
    return {
      grade: 'wrong',
      what: 'The password arrives as another than was ordered, and the login is refused.',
      harm: 'No email goes out, and a person changes a password that is right.',
      advice: adviceOn('UTF-8 in passwords', facts),
      evidence: lineOf(refused),
    };
  }
  const [message] = messages(facts.sessions);
  return allDelivered(facts)
    ? right('Logged in, and sent the mail.', message && lineOf(message))
    : notObserved('It did not send the mail.');
}
