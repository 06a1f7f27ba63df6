import { badUntilBlock } from './account-model.ts';
import type { Draft, LoginName, SessionNumber } from './draft.ts';
import { plainMessage, writeMessage, type MessagePlan } from './message-plan.ts';
import { firstOctets } from '../raw-octets.ts';
import type { interludes, Step } from './step.ts';
import { sayVerb } from './verb-steps.ts';
import { mailCommand, mailReply, ownMail } from './mail-verb.ts';
import { rcptCommand, rcptReply } from './rcpt-verb.ts';
import { dataReply, messageReply } from './verbs.ts';
import { changeWorld } from './world-steps.ts';

type TransactionStep = Extract<Step, { kind: 'mail' | 'rcpt' | 'data' | 'transaction' | 'cut' | 'burst' }>;

/** Appends what belongs to a transaction: MAIL, RCPT, DATA, the message, whole or cut. */
export function takeTransactionStep(draft: Draft, step: TransactionStep): void {
  const { at } = step;
  switch (step.kind) {
    case 'mail':
      return draft.exchange(at, mailCommand(step.plan), mailReply(draft, at, step.plan));
    case 'rcpt': {
      const name = recipientName(draft, step.recipient);
      return draft.exchange(at, rcptCommand(name, step.form), rcptReply(draft, at, name, step.form));
    }
    case 'data':
      return sendData(draft, at, step.message, step.interlude);
    case 'transaction':
      return sendTransaction(draft, step);
    case 'cut':
      return cutMessage(draft, step);
    case 'burst':
      return burst(draft, at, recipientName(draft, step.recipient), step.times);
  }
}

/** The recipient that an index stands for. */
export function recipientName(draft: Draft, index: number): string {
  const { recipients } = draft.beginning;
  return recipients[index % recipients.length] ?? 'to';
}

/** MAIL under the sender's own address; whether a transaction is open then. */
function sayMail(draft: Draft, at: SessionNumber): boolean {
  draft.exchange(at, mailCommand(ownMail), mailReply(draft, at, ownMail));
  return draft.sessions[at].transaction !== undefined;
}

function sayRcpt(draft: Draft, at: SessionNumber, name: string): void {
  draft.exchange(at, rcptCommand(name, 'plain'), rcptReply(draft, at, name, 'plain'));
}

/** MAIL and the RCPTs, refused or not; whether the session is still open then. */
function sayEnvelope(draft: Draft, at: SessionNumber, names: readonly string[]): boolean {
  sayMail(draft, at);
  for (const name of names) {
    if (!draft.sessions[at].open) return false;
    sayRcpt(draft, at, name);
  }
  return draft.sessions[at].open;
}

function sendTransaction(draft: Draft, step: Extract<Step, { kind: 'transaction' }>): void {
  const { at } = step;
  const names = step.recipients.map((index) => recipientName(draft, index));
  if (!step.pipelined) {
    if (sayEnvelope(draft, at, names)) sendData(draft, at, step.message, step.interlude);
    return;
  }
  const { open, login, transaction } = draft.sessions[at];
  // a reply that closes would leave the rest of the pipeline unanswered
  if (!open || login === undefined || transaction !== undefined || draft.maintenance) return;
  const account = draft.account(login);
  if (draft.beginning.logins[login].blocked || !account.verified || !account.registered) return;
  const commands = [mailCommand(ownMail), ...names.map((name) => rcptCommand(name, 'plain')), 'DATA'];
  const replies = [
    mailReply(draft, at, ownMail),
    ...names.map((name) => rcptReply(draft, at, name, 'plain')),
    dataReply(draft, at),
  ];
  for (const command of commands) draft.say(at, command);
  for (const { reply } of replies) draft.expect(at, { reply, rule: 'protocol.pipelining' });
  if (replies.at(-1)?.reply === '354 *') finishMessage(draft, at, step.message, 'nothing');
}

function sendData(draft: Draft, at: SessionNumber, message: MessagePlan, interlude: Interlude): void {
  const { transaction } = draft.sessions[at];
  if (transaction !== undefined && transaction.unnamed.size > 0) {
    // what nobody can look for afterwards is not sent
    sayVerb(draft, at, 'rset');
    return;
  }
  const begun = dataReply(draft, at);
  draft.exchange(at, 'DATA', begun);
  if (begun.reply === '354 *') finishMessage(draft, at, message, interlude);
}

type Interlude = (typeof interludes)[number];

function finishMessage(draft: Draft, at: SessionNumber, message: MessagePlan, interlude: Interlude): void {
  const name = nameMessage(draft, message);
  if (interlude === 'nothing') {
    draft.sayMessage(at, name);
  } else {
    draft.say(at, `<first half of message ${name}>`);
    changeWorld(draft, interludeChange(interlude));
    draft.say(at, `<rest of message ${name}>`);
  }
  const { login } = draft.sessions[at];
  draft.expect(at, messageReply(draft, at, name, message));
  settleReactions(draft, login);
}

/** A recipient who reacts to an email, or a server that refuses it, changes what comes next. */
function settleReactions(draft: Draft, login: LoginName | undefined): void {
  const reacts = [...draft.account(login).roles.values()].some((role) => role !== 'accepts');
  if (reacts) draft.settle();
}

function interludeChange(interlude: Exclude<Interlude, 'nothing'>): Parameters<typeof changeWorld>[1] {
  switch (interlude) {
    case 'maintenance on':
      return { kind: 'maintenance', on: true };
    case 'block':
      return { kind: 'block', blocked: true };
    case 'new password':
      return { kind: 'new-password' };
    case 'balance 0':
    case 'balance 1':
      return { kind: 'balance', sends: Number(interlude.slice(-1)) };
  }
}

function nameMessage(draft: Draft, message: MessagePlan): string {
  const text = writeMessage(message);
  const known = [...draft.messages].find(([, each]) => each === text)?.[0];
  if (known !== undefined) return known;
  const name = `m${draft.messages.size + 1}`;
  draft.messages.set(name, text);
  return name;
}

function cutMessage(draft: Draft, step: Extract<Step, { kind: 'cut' }>): void {
  const { at } = step;
  const { login, transaction } = draft.sessions[at];
  if (transaction !== undefined && transaction.unnamed.size > 0) return;
  if (transaction === undefined && login !== undefined) {
    if (!sayEnvelope(draft, at, draft.beginning.recipients)) return;
  }
  const begun = dataReply(draft, at);
  draft.exchange(at, 'DATA', begun);
  if (begun.reply !== '354 *') return;
  switch (step.how) {
    case 'before the last LF':
      draft.say(at, String.raw`From: <${'${sender}'}>\r\n\r\ntext\r\n.\r`, '>');
      break;
    case 'after some octets':
      // none at all is a cut too
      if (step.octets > 0) draft.say(at, firstOctets(writeMessage(step.message), step.octets), '>');
      break;
    case 'behind the final dot, on one side': {
      const name = nameMessage(draft, step.message);
      draft.sayMessage(at, name);
      draft.say(at, '<half close>');
      draft.expect(at, { ...messageReply(draft, at, name, step.message), closes: false });
      draft.expect(at, { reply: '<closes>', rule: 'protocol.close.half' });
      draft.forget(at);
      return settleReactions(draft, login);
    }
    case 'half':
    case 'half, reset':
      draft.say(at, `<first half of message ${nameMessage(draft, step.message)}>`);
  }
  draft.say(at, step.how === 'half, reset' ? '<reset>' : '<close>');
  draft.forget(at);
}

/** Whole transactions one after another, as many as can be had without a refusal. */
function burst(draft: Draft, at: SessionNumber, name: string, wanted: number): void {
  const { login, transaction } = draft.sessions[at];
  if (login === undefined || transaction !== undefined || draft.maintenance) return;
  const counts = draft.beginning.logins[login];
  const role = draft.account(login).roles.get(name);
  const bad = role === 'nonexistent' || role === 'refused';
  const times = bad ? Math.min(wanted, badUntilBlock(counts, draft.now)) : wanted;
  for (let time = 0; time < times; time += 1) {
    if (!sayMail(draft, at)) return;
    sayRcpt(draft, at, name);
    if (draft.sessions[at].transaction?.recipients.length !== 1) return;
    draft.exchange(at, 'DATA', dataReply(draft, at));
    const message = nameMessage(draft, plainMessage);
    draft.sayMessage(at, message);
    draft.expect(at, messageReply(draft, at, message, plainMessage));
    if (role === 'unsubscribes' || role === 'complains') draft.settle();
  }
  draft.settle();
}
