import { fieldsNamed, headerFields, headerSection } from '../../src/smtp/message.ts';
import { octetsToString, stringToOctets } from '../../src/smtp/bytes.ts';
import { messageMutant } from '../message-mutant.ts';
import { withEmails } from './billing.ts';
import { storeMutant, togetherMutant, type Mutant } from '../mutant.ts';

/**
 * Gateways that are right where a rule is tried plainly, and wrong in one dimension: behind RSET, in another spelling, on
 * another port, for another connection, the second time, in a folded field.
 */
export const dimensionMutants: readonly Mutant[] = [
  rsetKeepsPromises(),
  duplicateByCaseOfDomain(),
  {
    id: 'tls-1.1-on-25',
    rule: 'tls.version',
    wrong: 'takes TLS 1.1 behind STARTTLS on 25, and on 587 not',
    alsoTouches: [],
    modes: ['587', '587+starttls', '25+starttls'],
    parts: (hit) => ({
      wire: (own) => ({
        ...own,
        tlsOf: (port) => {
          if (port !== 25) return own.tlsOf(port);
          hit();
          return { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' };
        },
      }),
    }),
  },
  togetherMutant(
    {
      id: 'block-counts-the-account',
      rule: 'connection.block.limit',
      wrong: 'counts bad mailboxes for the account, not for the connection',
      alsoTouches: [],
    },
    ({ id }) => id,
    (own, hit, together) => ({
      readBadOutcomes: async (connection, since) => {
        const all = together(connection);
        const times = await Promise.all(all.map((each) => own.readBadOutcomes(each, since)));
        if (times.some((each, at) => all[at] !== connection && each.length > 0)) hit();
        return times.flat().toSorted((left, right) => left - right);
      },
    }),
  ),
  closedSessionsCount(),
  messageMutant(
    {
      id: 'from-folded-cut',
      rule: 'sender.header-from',
      wrong: 'reads a folded From to the end of its first line only',
      alsoTouches: [],
    },
    (own, hit, octetsOf) => ({
      endOfData: (facts) => {
        const cut = cutFrom(octetsOf(facts));
        if (cut === undefined) return own.endOfData(facts);
        hit();
        const header = headerSection(cut);
        const identities = facts.identities.slice(
          0,
          own.identitiesOf({ ...facts, header }, facts.choices).length,
        );
        return own.endOfData({ ...facts, header, identities });
      },
    }),
  ),
  storeMutant(
    {
      id: 'history-shows-the-logins-sender',
      rule: 'history.rows',
      wrong: "shows in its history the login's own sender, whatever MAIL said",
      alsoTouches: [],
    },
    (own, hit) => ({
      readHistory: async (account, query) => {
        const found = await own.readAccount(account);
        const senders = new Map(found?.connections.map(({ id, sender }) => [id, sender]));
        return (await own.readHistory(account, query)).map((row) => {
          const sender = senders.get(row.connection) ?? row.sender;
          if (sender !== row.sender) hit();
          return { ...row, sender };
        });
      },
    }),
  ),
];

/** The From field without its continuation lines; `undefined` where it has none. */
function cutFrom(message: Uint8Array): Uint8Array | undefined {
  const [field, ...others] = fieldsNamed(headerFields(message), 'From');
  if (field === undefined || others.length > 0) return undefined;
  const text = octetsToString(message);
  const end = text.indexOf('\r\n', field.start);
  if (end === -1 || !/^[ \t]/.test(text.slice(end + 2, end + 3))) return undefined;
  return stringToOctets(`${text.slice(0, end + 2)}${text.slice(field.end)}`);
}

/** The streams see which recipients were named before a RSET; the policy sees which of them it promised a send to. */
function rsetKeepsPromises(): Mutant {
  return {
    id: 'rset-keeps-promised-sends',
    rule: 'protocol.rset',
    wrong: 'keeps the sends promised in the transaction that RSET ends',
    alsoTouches: [],
    parts: (hit) => {
      const promised = new Set<string>();
      const earlier = new Map<string, readonly string[]>();
      return {
        wire: (own) => ({
          ...own,
          open: (tls) => {
            const below = own.open(tls);
            let kept: readonly string[] = [];
            let named: readonly string[] = [];
            const follow = (text: string): void => {
              for (const [, verb = '', path] of text.matchAll(/^(MAIL|RSET|DATA|RCPT TO:<([^>]*)>)/gim)) {
                if (path !== undefined) {
                  earlier.set(path, kept);
                  named = [...named, path];
                } else if (verb.toUpperCase() === 'RSET') kept = [...kept, ...named];
                else if (verb.toUpperCase() === 'DATA') kept = [];
                if (path === undefined) named = [];
              }
            };
            return {
              ...below,
              received: (octets) => {
                const passed = below.received(octets);
                follow(passed.toString('latin1'));
                return passed;
              },
            };
          },
        }),
        policy: (own) => ({
          ...own,
          rcpt: (facts) => {
            const { argument } = facts;
            if (argument.kind === 'unreadable') return own.rcpt(facts);
            const { text } = argument.rcpt.forwardPath;
            const kept = (earlier.get(text) ?? []).filter((path) => promised.has(path)).length;
            if (kept > 0) hit();
            const decision = own.rcpt({ ...facts, balance: facts.balance - kept });
            if (decision.kind === 'accept') promised.add(text);
            return decision;
          },
        }),
      };
    },
  };
}

/** A repeated address becomes an email of its own where its domain is written in other case. */
function duplicateByCaseOfDomain(): Mutant {
  return {
    id: 'duplicate-by-case-of-domain',
    rule: 'billing.duplicate',
    wrong: 'charges a repeated RCPT again where the domain is written in other case',
    alsoTouches: [],
    parts: (hit) => {
      const again = new Map<string, string>();
      return {
        policy: (own) => ({
          ...own,
          rcpt: (facts) => {
            const { argument } = facts;
            const first = argument.kind === 'read' ? facts.recipients.get(argument.key) : undefined;
            if (argument.kind === 'unreadable' || first === undefined) return own.rcpt(facts);
            const { forwardPath } = argument.rcpt;
            if (forwardPath.domain !== first.domain && isCaseOf(forwardPath.domain, first.domain)) {
              hit();
              again.set(first.text, forwardPath.text);
            }
            return own.rcpt(facts);
          },
        }),
        store: (own) => ({
          ...own,
          commit: (submission) => {
            const emails = submission.emails.flatMap((email) => {
              const other = again.get(email.forwardPath);
              again.delete(email.forwardPath);
              return other === undefined ? [email] : [email, { id: `${email.id}-again`, forwardPath: other }];
            });
            return own.commit(withEmails(submission, emails));
          },
        }),
      };
    },
  };
}

function isCaseOf(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** Sessions of own listeners are counted as they begin, and never taken off. */
function closedSessionsCount(): Mutant {
  return {
    id: '421-closed-sessions-count',
    rule: 'error.421-unavailable.stage',
    wrong: 'goes on counting closed sessions towards the session limit',
    alsoTouches: [],
    parts: (hit) => {
      const limits = new Map<string, number>();
      const begun = new Map<string, number>();
      let newest: { number: number; limit: number } | undefined;
      return {
        store: (own) => ({
          ...own,
          createAccount: async (account) => {
            const { sessionLimit } = account.limits;
            if (typeof sessionLimit === 'number') limits.set(account.id, sessionLimit);
            await own.createAccount(account);
          },
        }),
        wire: (own) => ({
          ...own,
          open: (tls) => {
            const below = own.open(tls);
            const count = { number: 0, limit: Number.POSITIVE_INFINITY };
            newest = count;
            return {
              ...below,
              sent: (octets) => {
                if (count.number <= count.limit || !octets.toString('latin1').startsWith('220 '))
                  return below.sent(octets);
                hit();
                return below.sent(Buffer.from('421 4.4.5 Server is temporarily unavailable\r\n'));
              },
            };
          },
        }),
        recorder: (own) => ({
          ...own,
          open: (origin) => {
            const count = newest;
            newest = undefined;
            const recorder = own.open(origin);
            return {
              ...recorder,
              belongsTo: (account) => {
                recorder.belongsTo(account);
                const limit = limits.get(account);
                if (count === undefined || limit === undefined || count.number > 0) return;
                count.number = (begun.get(account) ?? 0) + 1;
                count.limit = limit;
                begun.set(account, count.number);
              },
            };
          },
        }),
      };
    },
  };
}
