import type { Draft, LoginName, SessionNumber } from './draft.ts';
import type { MessagePlan } from './message-plan.ts';
import { writeMessage } from './message-plan.ts';
import { takeLoginStep } from './session-steps.ts';
import type { Step, interludes } from './step.ts';
import { badUntilBlock } from './account-model.ts';
import {
  dataReply,
  inMaintenance,
  mailCommand,
  mailReply,
  messageReply,
  rcptCommand,
  rcptReply,
} from './verbs.ts';
import { changeWorld, passTime } from './world-steps.ts';

/** Appends what a step says and what must come; a step that cannot be taken where the draft stands adds nothing. */
export function takeStep(draft: Draft, step: Step): void {
  switch (step.kind) {
    case 'time':
      return passTime(draft, step.passes);
    case 'world':
      return changeWorld(draft, step.change);
    case 'bad mailboxes':
    case 'subscription':
      return takeLongStep(draft, step);
    case 'session':
    case 'connect':
    case 'hello':
    case 'starttls':
    case 'auth':
    case 'lockout':
    case 'exchange':
      return takeLoginStep(draft, step);
    case 'mail':
    case 'rcpt':
    case 'data':
    case 'transaction':
    case 'recovery':
    case 'cut':
    case 'burst':
    case 'verb':
    case 'end':
      if (draft.sessions[step.at].open) takeMailStep(draft, step);
  }
}

/** What takes days: sessions are opened again where time has closed them. */
function takeLongStep(draft: Draft, step: Extract<Step, { kind: 'bad mailboxes' | 'subscription' }>): void {
  const { at, recipient } = step;
  const name = recipientName(draft, recipient);
  const open = () => takeLoginStep(draft, { kind: 'session', at, login: 'first', form: 'session' });
  if (draft.maintenance) return;
  open();
  if (step.kind === 'subscription') {
    changeWorld(draft, { kind: 'buy', plan: 'monthly', sends: 3 });
    burst(draft, at, name, 1);
    passTime(draft, step.isOver ? 'to the end of a plan' : 'a millisecond before a plan ends');
    open();
    burst(draft, at, name, 1);
    return;
  }
  // a lower rate would be the first to say no
  if (draft.situation.rate.limit < 20) return;
  changeWorld(draft, { kind: 'balance', sends: 40 });
  changeWorld(draft, { kind: 'role', recipient, role: 'nonexistent' });
  burst(draft, at, name, 10);
  if (step.waitMs > 0) {
    draft.pass(step.waitMs);
    open();
  }
  burst(draft, at, name, step.more);
  if (draft.sessions[at].open) sayVerb(draft, at, 'NOOP');
}

type MailStep = Extract<
  Step,
  { kind: 'mail' | 'rcpt' | 'data' | 'transaction' | 'cut' | 'recovery' | 'burst' | 'verb' | 'end' }
>;

function takeMailStep(draft: Draft, step: MailStep): void {
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
    case 'recovery':
      return recover(draft, step);
    case 'burst':
      return burst(draft, at, recipientName(draft, step.recipient), step.times);
    case 'verb':
      return sayVerb(draft, at, step.what);
    case 'end':
      return endSession(draft, at, step.how);
  }
}

function recipientName(draft: Draft, index: number): string {
  const { recipients } = draft.situation;
  return recipients[index % recipients.length] ?? 'to';
}

const ownMail = { path: 'own', parameter: 'none' } as const;

function sendTransaction(draft: Draft, step: Extract<Step, { kind: 'transaction' }>): void {
  const { at } = step;
  const names = step.recipients.map((index) => recipientName(draft, index));
  if (!step.pipelined) {
    draft.exchange(at, mailCommand(ownMail), mailReply(draft, at, ownMail));
    for (const name of names) {
      if (!draft.sessions[at].open) return;
      draft.exchange(at, rcptCommand(name, 'plain'), rcptReply(draft, at, name, 'plain'));
    }
    if (draft.sessions[at].open) sendData(draft, at, step.message, step.interlude);
    return;
  }
  const { open, login, transaction } = draft.sessions[at];
  // a reply that closes would leave the rest of the pipeline unanswered
  if (!open || login === undefined || transaction !== undefined || draft.maintenance) return;
  const account = draft.account(login);
  if (draft.situation.logins[login].blocked || !account.verified || !account.registered) return;
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
    draft.say(at, `<message ${name}>`);
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
      return { kind: 'new password' };
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
    draft.exchange(at, mailCommand(ownMail), mailReply(draft, at, ownMail));
    for (const name of draft.situation.recipients) {
      if (!draft.sessions[at].open) return;
      draft.exchange(at, rcptCommand(name, 'plain'), rcptReply(draft, at, name, 'plain'));
    }
    if (!draft.sessions[at].open) return;
  }
  const begun = dataReply(draft, at);
  draft.exchange(at, 'DATA', begun);
  if (begun.reply !== '354 *') return;
  if (step.how === 'before the last LF') {
    draft.say(at, String.raw`From: <${'${sender}'}>\r\n\r\ntext\r\n.\r`, '>');
  } else {
    draft.say(at, `<first half of message ${nameMessage(draft, step.message)}>`);
  }
  draft.say(at, step.how === 'half, reset' ? '<reset>' : '<close>');
  draft.forget(at);
}

function recover(draft: Draft, { at, recipient, from, to }: Extract<Step, { kind: 'recovery' }>): void {
  const name = recipientName(draft, recipient);
  if (draft.sessions[at].transaction === undefined) {
    draft.exchange(at, mailCommand(ownMail), mailReply(draft, at, ownMail));
  }
  for (const role of [from, to]) {
    changeWorld(draft, { kind: 'role', recipient, role });
    if (!draft.sessions[at].open) return;
    draft.exchange(at, rcptCommand(name, 'plain'), rcptReply(draft, at, name, 'plain'));
  }
}

/** Whole transactions one after another, as many as can be had without a refusal. */
function burst(draft: Draft, at: SessionNumber, name: string, wanted: number): void {
  const { login, transaction } = draft.sessions[at];
  if (login === undefined || transaction !== undefined || draft.maintenance) return;
  const counts = draft.situation.logins[login];
  const role = draft.account(login).roles.get(name);
  const bad = role === 'nonexistent' || role === 'refused';
  const times = bad ? Math.min(wanted, badUntilBlock(counts, draft.now)) : wanted;
  const name1 = nameMessage(draft, { from: 'own', fields: ['To'], body: ['text'], large: false });
  for (let time = 0; time < times; time += 1) {
    const mail = mailReply(draft, at, ownMail);
    draft.exchange(at, mailCommand(ownMail), mail);
    if (draft.sessions[at].transaction === undefined) return;
    const rcpt = rcptReply(draft, at, name, 'plain');
    draft.exchange(at, rcptCommand(name, 'plain'), rcpt);
    if (draft.sessions[at].transaction?.recipients.length !== 1) return;
    draft.exchange(at, 'DATA', dataReply(draft, at));
    draft.say(at, `<message ${name1}>`);
    draft.expect(at, messageReply(draft, at, name1, { from: 'own', fields: [], body: [], large: false }));
    if (role === 'unsubscribes' || role === 'complains') draft.settle();
  }
  draft.settle();
}

function sayVerb(draft: Draft, at: SessionNumber, what: Extract<Step, { kind: 'verb' }>['what']): void {
  const refused = inMaintenance(draft);
  if (refused !== undefined) return draft.exchange(at, what === 'rset' ? 'rset' : 'NOOP', refused);
  switch (what) {
    case 'NOOP':
      return draft.exchange(at, 'NOOP', { reply: '250 *' });
    case 'rset':
      draft.sessions[at].transaction = undefined;
      return draft.exchange(at, 'rset', { reply: '250 *', rule: 'protocol.rset' });
    case 'VRFY':
      return draft.exchange(at, 'VRFY postmaster', { reply: '252 *', rule: 'protocol.vrfy' });
    case 'RSET with an argument':
      return draft.exchange(at, 'RSET all', { reply: '501 *', rule: 'protocol.syntax' });
    case 'bare LF':
      draft.say(at, String.raw`NOOP\nNOOP\r\n`, '>');
      return draft.expect(at, { reply: '5xx *', rule: 'protocol.line-ends' });
    case 'unknown':
    case 'twelve unknown':
      for (let time = 0; time < (what === 'unknown' ? 1 : 12); time += 1) {
        draft.exchange(at, `WIZ${time}`, { reply: '5xx *', rule: 'protocol.syntax' });
      }
      return draft.exchange(at, 'NOOP', { reply: '250 *', rule: 'protocol.syntax' });
  }
}

function endSession(draft: Draft, at: SessionNumber, how: Extract<Step, { kind: 'end' }>['how']): void {
  if (how === 'QUIT') {
    draft.exchange(at, 'QUIT', { reply: '221 *', rule: 'protocol.rset', closes: true });
    return;
  }
  if (how === 'half a line') draft.say(at, 'DATA', '>');
  draft.say(at, how === 'reset' ? '<reset>' : '<close>');
  draft.forget(at);
}
