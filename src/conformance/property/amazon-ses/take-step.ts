/** What clients say step by step, and what the rules want in return. The order of reasons is that of `order.checks`. */
import { acceptMessage, exceeded, names } from './account-model.ts';
import type { Dialogue, SessionState } from './dialogue.ts';
import type {
  ForwardPath,
  Interlude,
  MessageKind,
  Parameter,
  ReversePath,
  SessionNumber,
  Step,
} from './plan.ts';

const down = '451 Temporary service failure';
const outOfOrder = '503 *';
const tooLong = '552 Message is too long.';

/** Appends what a step says and what must come; a step that cannot be taken where the dialogue stands adds nothing. */
export function takeStep(dialogue: Dialogue, step: Step): void {
  switch (step.kind) {
    case 'time':
      return dialogue.pass(step.ms);
    case 'maintenance':
      return maintain(dialogue, step.on);
    case 'block':
      return block(dialogue, step.blocked);
    case 'session':
    case 'open': {
      const session = dialogue.sessions[step.at];
      const logsIn = step.kind === 'session';
      if (session.isOpen || (logsIn && dialogue.isMaintained)) return;
      session.isOpen = true;
      session.isLoggedIn = logsIn;
      return dialogue.say(step.at, `<${step.kind}>`);
    }
    case 'close':
      return dialogue.close(step.at);
    case 'auth':
    case 'mail':
    case 'rcpt':
    case 'data':
    case 'send':
    case 'verb':
      if (dialogue.sessions[step.at].isOpen) speak(dialogue, step);
      return;
  }
}

type SpokenStep = Extract<Step, { kind: 'auth' | 'mail' | 'rcpt' | 'data' | 'send' | 'verb' }>;

function speak(dialogue: Dialogue, step: SpokenStep): void {
  const { at } = step;
  const session = dialogue.sessions[at];
  switch (step.kind) {
    case 'auth':
      return sayAuth(dialogue, at, step.isRight);
    case 'mail':
      return sayMail(dialogue, at, step.path, step.parameter);
    case 'rcpt':
      return sayRcpt(dialogue, at, step.path, nameOf(dialogue, step.recipient));
    case 'data':
      return sayData(dialogue, at, step.message, step.interlude);
    case 'send':
      sayMail(dialogue, at, 'own', 'none');
      for (const recipient of step.recipients) sayRcpt(dialogue, at, 'named', nameOf(dialogue, recipient));
      return sayData(dialogue, at, step.message, 'nothing');
    case 'verb':
      if (step.verb === 'RSET' || step.verb === 'EHLO') session.transaction = undefined;
      return dialogue.exchange(at, verbs[step.verb].command, verbs[step.verb].reply);
  }
}

const verbs = {
  RSET: { command: 'RSET', reply: '250 *' },
  NOOP: { command: 'NOOP', reply: '250 *' },
  EHLO: { command: 'EHLO client.example', reply: '250 *' },
  VRFY: { command: 'VRFY somebody@recipients.example', reply: '252 *' },
} as const;

function sayAuth(dialogue: Dialogue, at: SessionNumber, isRight: boolean): void {
  const session = dialogue.sessions[at];
  const command = `<AUTH ${isRight ? 'right' : 'wrong'} password>`;
  if (dialogue.isMaintained) {
    dialogue.reached.add('maintenance at AUTH');
    return dialogue.exchange(at, command, '454 Temporary authentication failure');
  }
  if (session.isLoggedIn) return dialogue.exchange(at, command, outOfOrder);
  session.isLoggedIn = isRight;
  dialogue.exchange(
    at,
    command,
    isRight ? '235 Authentication successful' : '535 Authentication Credentials Invalid',
  );
}

function nameOf({ account }: Dialogue, index: number): string {
  return names[index % account.roles.size] ?? names[0];
}

const reversePaths: Readonly<Record<ReversePath, string>> = {
  own: '<${sender}>',
  null: '<>',
  'no address': '<somebody>',
  'two at signs': '<a@@x.example>',
  'no brackets': '${sender}',
};

function sayMail(dialogue: Dialogue, at: SessionNumber, path: ReversePath, parameter: Parameter): void {
  const behind = parameter === 'none' ? '' : ` ${parameter}`;
  const reply = mailReply(dialogue, dialogue.sessions[at], path, parameter);
  dialogue.exchange(at, `MAIL FROM:${reversePaths[path]}${behind}`, reply);
}

function mailReply(
  { isMaintained, plan }: Dialogue,
  session: SessionState,
  path: ReversePath,
  parameter: Parameter,
): string {
  if (isMaintained) return down;
  if (!session.isLoggedIn) return '530 Authentication required';
  if (session.transaction !== undefined) return outOfOrder;
  if (path === 'two at signs') return '553 <a@@x.example> Invalid email address';
  if (path !== 'own') return '501 Invalid MAIL FROM address provided';
  if (parameter === 'X-UNKNOWN=1') return '555 *';
  if (parameter === 'SIZE=999999999' || (parameter === 'SIZE=1000' && (plan.sizeLimit ?? Infinity) < 1_000))
    return tooLong;
  session.transaction = [];
  return '250 *';
}

const forwardPaths: Readonly<Record<ForwardPath, (name: string) => string>> = {
  named: (name) => `<\${${name}}>`,
  'in capitals': (name) => `<\${${name}|upper}>`,
  'no address': () => '<somebody>',
  'two dots': () => '<a@x..example>',
  'with a parameter': (name) => `<\${${name}}> NOTIFY=NEVER`,
};

function sayRcpt(dialogue: Dialogue, at: SessionNumber, path: ForwardPath, name: string): void {
  const reply = rcptReply(dialogue, dialogue.sessions[at], path, name);
  dialogue.exchange(at, `RCPT TO:${forwardPaths[path](name)}`, reply);
}

function rcptReply(
  { isMaintained, plan }: Dialogue,
  { transaction }: SessionState,
  path: ForwardPath,
  name: string,
): string {
  if (isMaintained) return down;
  if (transaction === undefined) return outOfOrder;
  if (path === 'two dots') return '553 <a@x..example> address unknown';
  if (path === 'no address') return '501 Invalid RCPT TO address provided';
  if (path === 'with a parameter') return '555 *';
  // to name one again changes nothing
  if (transaction.includes(name)) return '250 *';
  if (transaction.length >= (plan.recipientLimit ?? Infinity)) return '452 Too many recipients';
  transaction.push(name);
  return '250 *';
}

function sayData(dialogue: Dialogue, at: SessionNumber, message: MessageKind, interlude: Interlude): void {
  const session = dialogue.sessions[at];
  const { transaction } = session;
  if (dialogue.isMaintained || transaction === undefined || transaction.length === 0) {
    return dialogue.exchange(at, 'DATA', dialogue.isMaintained ? down : outOfOrder);
  }
  dialogue.exchange(at, 'DATA', '354 *');
  sayMessage(dialogue, at, message, interlude);
  session.transaction = undefined;
  dialogue.expect(at, messageReply(dialogue, message, transaction));
  // what becomes of a mail changes what comes next
  dialogue.change('settled');
}

const messageNames = {
  plain: 'plain',
  'no From': 'nofrom',
  'two Subjects': 'twice',
  large: 'large',
} as const;

function sayMessage(dialogue: Dialogue, at: SessionNumber, message: MessageKind, interlude: Interlude): void {
  if (message === 'bare LF') {
    const [first, rest] = [String.raw`From: <${'${sender}'}>\r\n\r\none\n`, String.raw`two\r\n.\r\n`];
    if (interlude === 'nothing') return dialogue.say(at, `${first}${rest}`, '>');
    dialogue.say(at, first, '>');
    interrupt(dialogue, interlude);
    return dialogue.say(at, rest, '>');
  }
  const name = messageNames[message];
  if (interlude === 'nothing') return dialogue.say(at, `<message ${name}>`);
  dialogue.say(at, `<first half of message ${name}>`);
  interrupt(dialogue, interlude);
  return dialogue.say(at, `<rest of message ${name}>`);
}

function interrupt(dialogue: Dialogue, interlude: Exclude<Interlude, 'nothing'>): void {
  if (interlude !== 'maintenance') return block(dialogue, interlude === 'block');
  maintain(dialogue, true);
  dialogue.reached.add('maintenance inside a message');
}

/** The end of the data; an accepted message is charged and on its way. */
function messageReply(dialogue: Dialogue, message: MessageKind, recipients: readonly string[]): string {
  const { account, plan, now, reached } = dialogue;
  if (dialogue.isMaintained) return '454 Temporary service failure';
  if (message === 'large' && plan.sizeLimit !== undefined) return tooLong;
  if (message === 'bare LF') return '554 Transaction failed: Message contains bare CR or LF.';
  if (account.isBlocked) {
    reached.add('a policy forbids to send');
    return '554 *';
  }
  if (message === 'two Subjects') return "554 Transaction failed: Duplicate header 'Subject'.";
  if (message === 'no From') return "554 Transaction failed: Missing header 'From'.";
  const stranger = plan.access === 'sandbox' && recipients.some((name) => name !== names[0]);
  if (stranger) reached.add('a recipient that is not verified');
  if (!plan.isVerified || stranger) return '554 *';
  const over = exceeded(account, recipients.length, now);
  if (over === 'daily') {
    reached.add('a quota is used up');
    return '454 Throttling failure: Daily message quota exceeded';
  }
  if (over === 'rate') {
    reached.add('a burst is used up');
    return '454 Throttling failure: Maximum sending rate exceeded';
  }
  acceptMessage(account, recipients, message === 'large' ? 'large' : 'plain', now);
  reached.add('a message was accepted');
  if (account.emails.some(({ status }) => status === 'suppressed')) reached.add('an address was suppressed');
  return '250 *';
}

function maintain(dialogue: Dialogue, on: boolean): void {
  if (dialogue.isMaintained === on) return;
  dialogue.isMaintained = on;
  dialogue.change(`maintenance ${on ? 'on' : 'off'}`);
}

function block(dialogue: Dialogue, blocked: boolean): void {
  if (dialogue.account.isBlocked === blocked) return;
  dialogue.account.isBlocked = blocked;
  dialogue.change(blocked ? 'block' : 'unblock');
}
