import { octetsToString, stringToOctets } from '../../smtp/bytes.ts';
import { dotStuff } from '../../smtp/message.ts';
import type { MacroLine, MessagePart } from '../scenario/dialogue.ts';
import { fillTemplate, utf8AsOctets } from '../scenario/template.ts';
import type { CaseSession } from './case-session.ts';
import { expectCode, type Stage } from './stage.ts';
import { writeStockMessage } from './stock-message.ts';
import type { Step } from './stop.ts';

/** `<envelope …>`: MAIL, RCPTs and DATA, each waited for and accepted. */
export async function playEnvelope(
  stage: Stage,
  session: CaseSession,
  line: MacroLine,
  recipients: readonly string[],
): Promise<Step> {
  const addresses = recipients.map((name) => stage.values.get(name) ?? name);
  const commands = [
    `MAIL FROM:<${stage.values.get('sender') ?? ''}>`,
    ...addresses.map((address) => `RCPT TO:<${address}>`),
  ];
  for (const command of commands) {
    session.write(`${utf8AsOctets(command)}\r\n`);
    // 251 and 252 accept a recipient too (RFC 5321 §4.3.2)
    const stop = await expectCode(stage, session, line, command.startsWith('RCPT') ? [250, 251, 252] : [250]);
    if (stop !== undefined) return stop;
  }
  session.write('DATA\r\n');
  return expectCode(stage, session, line, [354]);
}

/** `<send …>`: a whole accepted transaction with the built-in message. */
export async function playSend(
  stage: Stage,
  session: CaseSession,
  line: MacroLine,
  recipients: readonly string[],
): Promise<Step> {
  const opened = await playEnvelope(stage, session, line, recipients);
  if (opened !== undefined) return opened;
  sayMessage(stage, session, 'whole', undefined);
  return expectCode(stage, session, line, [250]);
}

/** `<message …>` and its halves: dot-stuffed, the last part with its end. What must come stands in the next line. */
export function sayMessage(
  stage: Stage,
  session: CaseSession,
  part: MessagePart,
  name: string | undefined,
): void {
  if (part === 'rest' && session.halfSent !== undefined) {
    const { octets, sent } = session.halfSent;
    session.halfSent = undefined;
    session.write(octets.slice(sent));
    return;
  }
  const octets = onTheWire(messageOctets(stage, session, name));
  const half = Math.floor(octets.length / 2);
  if (part === 'first half') {
    session.halfSent = { octets, sent: half };
    session.write(octets.slice(0, half));
  } else session.write(part === 'rest' ? octets.slice(half) : octets);
}

function messageOctets(stage: Stage, session: CaseSession, name: string | undefined): string {
  const named = name === undefined ? undefined : stage.messages.get(name);
  if (named !== undefined) return utf8AsOctets(fillTemplate(named.text, stage.values));
  stage.stockMessages += 1;
  const sender = stage.values.get('sender') ?? '';
  return writeStockMessage({
    sender,
    recipients: session.conversation.forwardPaths(),
    number: stage.stockMessages,
  });
}

/** The message as DATA carries it, its end included (RFC 5321 §4.1.1.4): the CRLF before the dot may be its own. */
function onTheWire(message: string): string {
  const stuffed = octetsToString(dotStuff(stringToOctets(message)));
  return message === '' || stuffed.endsWith('\r\n') ? `${stuffed}.\r\n` : `${stuffed}\r\n.\r\n`;
}
