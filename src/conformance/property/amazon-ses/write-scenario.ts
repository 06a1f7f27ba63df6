import type { Origin } from '../../situation/origin.ts';
import { defaultClock } from '../../situation/defaults.ts';
import type { WrittenScenario } from '../session-model.ts';
import { accountOf, isInMailbox, names, type ModelEmail } from './account-model.ts';
import { Dialogue } from './dialogue.ts';
import { takeStep } from './take-step.ts';
import type { Plan } from './plan.ts';

/** Writes a plan as a scenario file: its dialogue, and the end that the model has come to. Pure. */
export function writeScenario(plan: Plan, origin: Origin): WrittenScenario {
  const account = accountOf(plan);
  const dialogue = new Dialogue(plan, account, Date.parse(defaultClock));
  for (const step of plan.steps) takeStep(dialogue, step);
  const said = dialogue.lines.join('\n');
  const used = Object.entries(texts).filter(([name]) => said.includes(`message ${name}>`));
  const lines = [
    `title: Found by ${origin.property}`,
    'about: order.checks',
    `modes: [${JSON.stringify(plan.mode)}]`,
    `found: ${JSON.stringify(origin)}`,
    `given: ${JSON.stringify(givenOf(plan))}`,
    ...(used.length === 0 ? [] : ['messages:']),
    ...used.map(([name, text]) => `  ${name}: ${JSON.stringify(text)}`),
    'dialogue: |',
    // a dialogue of no lines is none
    ...(dialogue.lines.length === 0 ? ['C: <open>'] : dialogue.lines).map((line) => `  ${line}`),
    'then:',
    `  charged: ${account.emails.length}`,
    `  delivered: ${JSON.stringify(byRecipient(account.emails.filter(isInMailbox), (each) => each.message))}`,
    `  history: ${JSON.stringify(byRecipient(account.emails, (each) => each.status))}`,
    `  suppressed: ${JSON.stringify([...account.suppressed])}`,
    `  status: ${account.isBlocked ? 'Denied' : 'Active'}`,
    '',
  ];
  return { text: lines.join('\n'), states: dialogue.reached, holds: new Set() };
}

/** The messages by name; one with a bare LF is written octet by octet. */
const texts = {
  plain: 'From: <${sender}>\r\nSubject: one\r\n\r\ntext\r\n',
  nofrom: 'Subject: one\r\n\r\ntext\r\n',
  twice: 'From: <${sender}>\r\nSubject: one\r\nSubject: two\r\n\r\ntext\r\n',
  large: `From: <\${sender}>\r\n\r\n${`${'x'.repeat(60)}\r\n`.repeat(50)}`,
} as const;

function givenOf(plan: Plan): Readonly<Record<string, unknown>> {
  const { access, isVerified, sendQuota, sendRate, recipientLimit, sizeLimit, roles } = plan;
  return {
    ...(access === 'sandbox' && { access, identities: { [names[0]]: 'verified' } }),
    ...(!isVerified && { domain: 'unverified' }),
    ...(sendQuota !== undefined && { 'send-quota': sendQuota }),
    ...(sendRate !== undefined && { 'send-rate': sendRate }),
    ...(recipientLimit !== undefined && { 'recipient-limit': recipientLimit }),
    ...(sizeLimit !== undefined && { 'size-limit': sizeLimit }),
    recipients: Object.fromEntries(roles.map((role, at) => [names[at] ?? 'ann', role])),
  };
}

function byRecipient(
  emails: readonly ModelEmail[],
  show: (email: ModelEmail) => string,
): Readonly<Record<string, readonly string[]>> {
  const shown = Map.groupBy(emails, ({ recipient }) => recipient);
  return Object.fromEntries([...shown].map(([name, each]) => [name, each.map(show)]));
}
