import { policyMutant, storeMutant, type Mutant } from '../mutant.ts';

/** Gateways that are wrong about the status of connections, and about blocked ones. */
export const connectionMutants: readonly Mutant[] = [
  storeMutant(
    {
      id: 'status-active-without-verification',
      rule: 'connection.status',
      wrong: 'shows a connection as Active whose domain is not verified',
      alsoTouches: [],
    },
    (own, hit) => ({
      readAccount: async (id) => {
        const account = await own.readAccount(id);
        if (account === undefined || account.domains.every(({ verified }) => verified)) return account;
        hit();
        return { ...account, domains: account.domains.map((domain) => ({ ...domain, verified: true })) };
      },
    }),
  ),
  policyMutant(
    {
      id: 'never-blocks',
      rule: 'connection.block',
      wrong: 'never blocks a connection',
      alsoTouches: ['connection.unblock.count'],
    },
    (own, hit) => ({
      block: (facts) => {
        if (own.block(facts)) hit();
        return false;
      },
    }),
  ),
  policyMutant(
    {
      id: 'blocked-session-goes-on',
      rule: 'connection.block.effect',
      wrong: 'lets an open session of a blocked connection go on',
      alsoTouches: ['connection.block', 'connection.unblock.count', 'order.checks'],
    },
    (own, hit) => ({
      mail: (facts) => {
        const { argument } = facts;
        if (argument.kind === 'unreadable' || !argument.blocked) return own.mail(facts);
        hit();
        return own.mail({ ...facts, argument: { ...argument, blocked: false } });
      },
      endOfData: (facts) => own.endOfData({ ...facts, blocked: false }),
    }),
  ),
  policyMutant(
    {
      id: 'blocked-in-mid-message-is-taken',
      rule: 'connection.block.effect',
      wrong: 'takes a message whose connection was blocked while it was sent',
      alsoTouches: ['order.checks'],
    },
    (own, hit) => ({
      endOfData: (facts) => {
        if (facts.blocked) hit();
        return own.endOfData({ ...facts, blocked: false });
      },
    }),
  ),
];
