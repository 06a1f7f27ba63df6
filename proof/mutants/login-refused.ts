import type { CredentialFacts } from '../../src/sandbox/policy/facts.ts';
import { replyFrom } from '../../src/smtp/reply.ts';
import {
  closingMutant,
  policyMutant,
  replyMutant,
  says,
  storeMutant,
  togetherMutant,
  type Mutant,
} from '../mutant.ts';

const incorrect = '535 5.7.8 Incorrect login or password';
const locked = '454 4.7.0 Too many login attempts';

const isBlocked = ({ connection }: CredentialFacts): boolean =>
  connection.kind === 'known' && connection.passwordMatches && connection.blocked;

/** Gateways that are wrong about refused logins and the lock. */
export const refusedLoginMutants: readonly Mutant[] = [
  replyMutant(
    {
      id: '535-without-enhanced-code',
      rule: 'reply.format',
      wrong: 'omits 5.7.8',
      alsoTouches: [
        'auth.mechanisms',
        'auth.regenerate',
        'connection.block',
        'error.454',
        'error.454.window',
        'error.535',
        'error.535.blocked',
        'order.checks',
      ],
    },
    incorrect,
    '535 Incorrect login or password',
  ),
  closingMutant(
    {
      id: '535-closes',
      rule: 'error.535',
      wrong: 'closes the session after 535',
      alsoTouches: ['auth.mechanisms', 'error.454', 'error.454.window', 'order.checks'],
    },
    incorrect,
  ),
  policyMutant(
    {
      id: '535-tells-that-the-login-does-not-exist',
      rule: 'error.535',
      wrong: 'says that a login does not exist',
      alsoTouches: [],
    },
    (own, hit) => ({
      credentials: (facts) => {
        const decision = own.credentials(facts);
        if (facts.connection.kind === 'known' || !says(decision, incorrect)) return decision;
        hit();
        return { ...decision, reply: replyFrom('535 5.7.8 Login does not exist') };
      },
    }),
  ),
  policyMutant(
    {
      id: 'blocked-connection-logs-in',
      rule: 'error.535.blocked',
      wrong: 'lets a blocked connection log in',
      alsoTouches: ['connection.block'],
    },
    (own, hit) => ({
      credentials: (facts) => {
        if (facts.connection.kind === 'unknown' || !isBlocked(facts)) return own.credentials(facts);
        hit();
        return own.credentials({ ...facts, connection: { ...facts.connection, blocked: false } });
      },
    }),
  ),
  policyMutant(
    {
      id: 'blocked-connection-is-told-so',
      rule: 'error.535.blocked',
      wrong: 'says in the 535 that the connection is blocked',
      alsoTouches: ['connection.block'],
    },
    (own, hit) => ({
      credentials: (facts) => {
        const decision = own.credentials(facts);
        if (!isBlocked(facts) || !says(decision, incorrect)) return decision;
        hit();
        return { ...decision, reply: replyFrom('535 5.7.8 Connection is blocked') };
      },
    }),
  ),
  policyMutant(
    {
      id: 'blocked-connection-counts',
      rule: 'error.535.blocked',
      wrong: 'counts the right password of a blocked connection towards 454',
      alsoTouches: [],
    },
    (own, hit) => ({
      credentials: (facts) => {
        const decision = own.credentials(facts);
        if (decision.kind === 'accept' || !isBlocked(facts) || !says(decision, incorrect)) return decision;
        hit();
        return { ...decision, attempt: 'failed' };
      },
    }),
  ),
  replyMutant(
    { id: '454-as-455', rule: 'error.454', wrong: 'says 455 for 454', alsoTouches: [] },
    locked,
    '455 4.7.0 Too many login attempts',
  ),
  policyMutant(
    { id: '454-never', rule: 'error.454.window', wrong: 'never locks a login', alsoTouches: [] },
    (own, hit) => ({
      credentials: (facts) => {
        if (!says(own.credentials(facts), locked)) return own.credentials(facts);
        hit();
        return own.credentials({ ...facts, failedAt: [] });
      },
    }),
  ),
  policyMutant(
    {
      id: '454-passed-by-the-right-password',
      rule: 'error.454.window',
      wrong: 'lets the right password pass the lock',
      alsoTouches: [],
    },
    (own, hit) => ({
      credentials: (facts) => {
        const right = facts.connection.kind === 'known' && facts.connection.passwordMatches;
        const decision = own.credentials(facts);
        if (!right || !says(decision, locked)) return decision;
        hit();
        return own.credentials({ ...facts, failedAt: [] });
      },
    }),
  ),
  policyMutant(
    { id: '454-for-ever', rule: 'error.454.window', wrong: 'never lifts the lock', alsoTouches: [] },
    (own, hit) => ({
      credentials: (facts) => {
        const frozen = own.credentials({ ...facts, now: facts.failedAt.at(-1) ?? facts.now });
        if (says(frozen, locked) && !says(own.credentials(facts), locked)) hit();
        return frozen;
      },
    }),
  ),
  policyMutant(
    {
      id: '454-prolongs-the-lock',
      rule: 'error.454.window',
      wrong: 'prolongs the lock with each attempt that it answers 454',
      alsoTouches: [],
    },
    (own, hit) => ({
      credentials: (facts) => {
        const decision = own.credentials(facts);
        if (decision.kind === 'accept' || !says(decision, locked)) return decision;
        hit();
        return { ...decision, attempt: 'failed' };
      },
    }),
  ),
  storeMutant(
    {
      id: 'success-keeps-the-failures',
      rule: 'error.454.window',
      wrong: 'does not reset the count of failures after a success',
      alsoTouches: [],
    },
    (_own, hit) => ({ clearLoginFailures: async () => hit() }),
  ),
  // by the client's address alone every case would lock every other one, for all come from the same machine
  togetherMutant(
    {
      id: '454-locks-every-login-of-the-account',
      rule: 'error.454.window',
      wrong: 'counts failed attempts without regard to the login',
      alsoTouches: [],
    },
    ({ login }) => login,
    (own, hit, together) => ({
      readLoginFailures: async (login) => {
        const mine = await own.readLoginFailures(login);
        const all = (await Promise.all(together(login).map(own.readLoginFailures))).flat();
        if (all.length > mine.length) hit();
        return all.toSorted((left, right) => left - right);
      },
    }),
  ),
];
