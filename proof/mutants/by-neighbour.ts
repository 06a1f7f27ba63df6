import { policyMutant, storeMutant, togetherMutant, type Mutant } from '../mutant.ts';
import { isSuppressed, unsuppressed } from './recipients.ts';

/**
 * Gateways that keep a rule for one session, one login and one spelling, and break it beside them: what is another's
 * counts, or what is one's own does not.
 */
export const neighbourMutants: readonly Mutant[] = [
  storeMutant(
    {
      id: '451-forgets-the-first-mail-of-many',
      rule: 'error.451.window',
      wrong: 'counts the MAILs of a login anew from its fourth on',
      alsoTouches: [],
    },
    (own, hit) => ({
      readAcceptedMails: async (connection, since) => {
        const times = await own.readAcceptedMails(connection, since);
        if (times.length < 4) return times;
        hit();
        return times.slice(3);
      },
    }),
  ),
  togetherMutant(
    {
      id: 'any-password-of-the-account',
      rule: 'auth.login-password',
      wrong: 'takes the password of any connection of the account',
      alsoTouches: ['auth.mechanisms'],
    },
    ({ login }) => login,
    (own, hit, together) => {
      let tried = 0;
      return {
        // the passwords of the others are tried in turn, one at each attempt
        findLogin: async (login) => {
          const found = await own.findLogin(login);
          const others = together(login).filter((each) => each !== login);
          if (found === undefined || others.length === 0) return found;
          tried += 1;
          const other = await own.findLogin(others[tried % others.length] ?? login);
          if (other === undefined) return found;
          hit();
          return { ...found, sealedPassword: other.sealedPassword };
        },
      };
    },
  ),
  storeMutant(
    {
      id: 'suppressed-by-any-account',
      rule: 'error.550-unsubscribed.stage',
      wrong: 'refuses a recipient that any account has suppressed',
      alsoTouches: [],
    },
    (own, hit) => {
      const everywhere = new Map<string, boolean>();
      return {
        setRecipient: async (account, key, address, role) => {
          everywhere.set(key, role === 'suppressed');
          await own.setRecipient(account, key, address, role);
        },
        readRecipient: async (account, key) => {
          const record = await own.readRecipient(account, key);
          if (everywhere.get(key) !== true || record.suppressed) return record;
          hit();
          return { ...record, suppressed: true };
        },
      };
    },
  ),
  policyMutant(
    {
      id: 'suppressed-local-part-by-case',
      rule: 'error.550-unsubscribed.stage',
      wrong: 'compares the local part of a suppressed recipient with case',
      alsoTouches: ['sandbox.recipients'],
    },
    (own, hit) => ({
      rcpt: (facts) => {
        const { argument } = facts;
        if (argument.kind === 'unreadable' || !isSuppressed(argument)) return own.rcpt(facts);
        const { localPart } = argument.rcpt.forwardPath;
        if (localPart === localPart.toLowerCase()) return own.rcpt(facts);
        hit();
        return own.rcpt({ ...facts, argument: unsuppressed(argument) });
      },
    }),
  ),
  storeMutant(
    {
      id: 'history-takes-the-last-instant-in',
      rule: 'history.filter',
      wrong: 'takes the last instant of a period in',
      alsoTouches: [],
    },
    (own, hit) => ({
      readHistory: (account, query) => {
        if (query.to !== undefined) hit();
        return own.readHistory(account, { ...query, to: query.to === undefined ? undefined : query.to + 1 });
      },
    }),
  ),
  policyMutant(
    {
      id: 'send-limit-used-up-closes',
      rule: 'billing.send-limit',
      wrong: 'ends the session where a parallel one used up the send limit of their connection',
      alsoTouches: [],
    },
    (own, hit) => ({
      endOfData: (facts) => {
        const decision = own.endOfData(facts);
        if (decision.kind === 'accept' || decision.rule !== 'billing.send-limit') return decision;
        hit();
        return { ...decision, kind: 'refuse and close' };
      },
    }),
  ),
  policyMutant(
    {
      id: 'rset-with-an-argument-taken',
      rule: 'protocol.syntax',
      wrong: 'takes RSET with an argument',
      alsoTouches: ['protocol.order'],
    },
    (own, hit) => ({
      plainVerb: (verb, argument) => {
        if (verb !== 'RSET' || argument === '') return own.plainVerb(verb, argument);
        hit();
        return own.plainVerb(verb, '');
      },
    }),
  ),
];
