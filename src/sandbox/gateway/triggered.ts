import type { TriggerStage } from '../../contract/vocabulary.ts';
import { fieldsNamed, type HeaderSection } from '../../smtp/message.ts';
import { replyFrom } from '../../smtp/reply.ts';
import type { Decision } from '../policy/decision.ts';
import { forcedDecision, triggerHeader, type Trigger, type TriggerFacts } from '../policy/triggers.ts';
import type { SessionContext } from './session-context.ts';

/** What a trigger forces at a stage: the decision, where it says what is answered; how the answer is written is noted in the state. */
export function forceAt(
  { state, group, parts }: SessionContext,
  stage: TriggerStage,
  facts: TriggerFacts = {},
  carried?: Trigger,
): Decision | undefined {
  const account = state.connection?.account ?? group.owner;
  if (carried === undefined && !parts.triggers.any(account)) return undefined;
  const login = state.connection?.login;
  const trigger = parts.triggers.fire(account, stage, { login, tls: state.tls, ...facts }, carried);
  if (trigger === undefined) return undefined;
  const { delayMs, drop, split, carriedOut } = trigger;
  const reply = trigger.reply === undefined ? undefined : replyFrom(trigger.reply);
  state.forcedReply = { delayMs, drop, split, accepts: carriedOut === true ? reply : undefined };
  if (reply === undefined || carriedOut === true) return undefined;
  return forcedDecision(reply);
}

/** The same at RCPT, where an address can carry a trigger in itself. */
export function forceAtRcpt(context: SessionContext, path: string, addressKey: string): Decision | undefined {
  return forceAt(
    context,
    'RCPT',
    { recipients: [path] },
    context.parts.carriedTriggers.ofRecipient(addressKey),
  );
}

/** The same at the end of the data, where a header can. */
export function forceAtEnd(context: SessionContext, { fields }: HeaderSection): Decision | undefined {
  const { state, group, parts } = context;
  const { transaction } = state;
  const carried = parts.carriedTriggers.ofHeader(fieldsNamed(fields, triggerHeader)[0]?.value);
  // where no trigger can fire the fields need not be written out
  if (carried === undefined && !parts.triggers.any(state.connection?.account ?? group.owner))
    return undefined;
  const headers = fields.map((field) => `${field.name.toLowerCase()}: ${field.value}`);
  const facts = {
    sender:
      transaction === undefined || transaction.reversePath === 'null' ? '' : transaction.reversePath.text,
    recipients: [...(transaction?.recipients.values() ?? [])].map((path) => path.text),
    headers,
  };
  return forceAt(context, 'end of data', facts, carried);
}
