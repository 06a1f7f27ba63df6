import { addressIn, keyOf } from '../address-in.ts';
import { defineCase, mailWith, type ClientCase } from '../client-case.ts';
import { commands, messages, type Facts } from '../facts.ts';
import { fieldText } from '../header-fields.ts';
import { judgeTold } from '../judge-told.ts';
import { copiesTo, isSilent, lineOf, notObserved, right } from '../judge-wire.ts';
import { inputs, type Input } from '../order.ts';

/** What of its order a client takes: by this, what it leaves undone elsewhere is told from what it never knew of. */
export const inputsCase: ClientCase = defineCase({
  id: 'inputs',
  title: 'What the program takes of SMTP_BCC, SMTP_SUBJECT, SMTP_FROM_NAME and SMTP_MAILS',
  rightWay: 'each that it can; what it cannot is no fault',
  source: 'docs/check-a-client.md',
  mail: mailWith({
    subject: 'A subject of its own',
    fromName: 'A name of its own',
    bcc: ['hidden@{domain}'],
    count: 2,
  }),
  wire: (facts) => {
    if (isSilent(facts)) return notObserved('It did not connect.');
    const taken = takenInputs(facts);
    const left = inputs.filter((input) => !taken.has(input));
    const [message] = messages(facts.sessions);
    if (message === undefined) return notObserved('It sent no message.');
    return left.length === 0
      ? right('Takes all four.', lineOf(message))
      : right(`Does not take ${left.join(', ')}: cases that need it are not observed.`, lineOf(message));
  },
  told: (facts) =>
    takenInputs(facts).has('SMTP_MAILS')
      ? judgeTold(facts, { of: () => 'either' })
      : judgeTold({ ...facts, mail: { ...facts.mail, count: 1 } }, { of: () => 'either' }),
});

/** What the facts show that the client took of its order. */
export function takenInputs(facts: Facts): ReadonlySet<Input> {
  const { sessions, mail, rounds, recipients } = facts;
  const sent = messages(sessions);
  const hidden = new Set(mail.hidden.map(keyOf));
  const taken: Readonly<Record<Input, boolean>> = {
    SMTP_BCC: commands(sessions, 'RCPT').some(({ text }) => hidden.has(addressIn(text))),
    SMTP_SUBJECT: sent.some(({ text }) => fieldText(text, 'Subject')?.includes(mail.subject) === true),
    SMTP_FROM_NAME: sent.some(({ text }) => fieldText(text, 'From')?.includes(mail.fromName) === true),
    SMTP_MAILS: rounds.some((round) => copiesTo(round, recipients[0]) >= mail.count),
  };
  return new Set(inputs.filter((input) => taken[input]));
}
