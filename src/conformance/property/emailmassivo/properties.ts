import type { Weights } from './arbitraries.ts';

/** The properties of generated sessions: one and the same promise, each dwelling on another part of it. */
export const properties = {
  sessions: {
    about: 'everything together',
    weights: weights({}),
  },
  billing: {
    about: 'balance, plans, limits, cuts, and two sessions on one balance',
    weights: weights({
      transaction: 10,
      rcpt: 4,
      mail: 4,
      data: 4,
      cut: 2,
      subscription: 2,
      'rate window': 3,
      world: 4,
      time: 2,
      auth: 0,
      exchange: 0,
      hello: 1,
    }),
  },
  login: {
    about: 'AUTH in all its forms, locks, new passwords, blocked connections, STARTTLS',
    weights: weights({
      auth: 10,
      lockout: 3,
      exchange: 8,
      connect: 4,
      hello: 4,
      starttls: 3,
      session: 5,
      time: 4,
      world: 2,
      transaction: 1,
      burst: 0,
    }),
  },
  messages: {
    about: 'what a message may look like, and how it arrives',
    weights: weights({
      transaction: 14,
      data: 2,
      cut: 2,
      session: 3,
      segments: 3,
      world: 0,
      time: 0,
      auth: 0,
      exchange: 0,
      connect: 0,
      starttls: 0,
    }),
  },
  protocol: {
    about: 'order, syntax, pipelining, ends of lines and of sessions',
    weights: weights({
      verb: 8,
      segments: 3,
      mail: 6,
      rcpt: 6,
      data: 4,
      hello: 4,
      end: 3,
      connect: 2,
      world: 0,
      time: 0,
      burst: 0,
    }),
  },
  world: {
    about: 'what changes around a session: domains, roles, maintenance, blocks, time',
    weights: weights({
      world: 10,
      'bad mailboxes': 2,
      subscription: 1,
      'rate window': 1,
      transaction: 8,
      session: 6,
      time: 3,
      burst: 3,
      auth: 1,
      exchange: 0,
      cut: 0,
    }),
  },
} as const satisfies Readonly<Record<string, { readonly about: string; readonly weights: Weights }>>;

/** A property's name. */
export type PropertyName = keyof typeof properties;

// Object.keys forgets the type of the keys; the table above is closed, so they are these
export const propertyNames = Object.keys(properties) as readonly PropertyName[];

function weights(over: Partial<Weights>): Weights {
  return {
    session: 4,
    connect: 1,
    segments: 1,
    hello: 1,
    starttls: 1,
    auth: 1,
    lockout: 0,
    exchange: 1,
    mail: 3,
    rcpt: 4,
    data: 3,
    transaction: 5,
    cut: 1,
    recovery: 1,
    'bad mailboxes': 0,
    subscription: 0,
    'rate window': 0,
    burst: 1,
    verb: 1,
    end: 1,
    time: 2,
    world: 3,
    lowLimits: true,
    oddMessages: true,
    ...over,
  };
}
