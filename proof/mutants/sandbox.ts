import { policyMutant, type Mutant } from '../mutant.ts';

/** Gateways that are wrong in what only the sandbox has. */
export const sandboxMutants: readonly Mutant[] = [
  {
    id: 'transcript-shows-the-password',
    rule: 'sandbox.secrets',
    wrong: 'shows the password in a transcript',
    alsoTouches: [],
    parts: (hit) => ({
      recorder: (own) => ({
        ...own,
        open: (origin) => {
          const session = own.open(origin);
          return {
            ...session,
            line: (octets, tls) => {
              const shown = session.line(octets, tls);
              if (!/^AUTH \S+ \S/i.test(octets)) return shown;
              hit();
              session.failedHandshake(octets);
              return shown;
            },
          };
        },
      }),
    }),
  },
  {
    id: 'transcript-shows-what-follows-a-refused-auth',
    rule: 'sandbox.secrets',
    wrong: 'shows what a client sends on behind an AUTH that was refused',
    alsoTouches: [],
    parts: (hit) => ({
      recorder: (own) => ({
        ...own,
        open: (origin) => {
          const session = own.open(origin);
          let refused = false;
          return {
            ...session,
            wire: (octets, tls) => {
              refused ||= octets.startsWith('504 ');
              return session.wire(octets, tls);
            },
            line: (octets, tls) => {
              const shown = session.line(octets, tls);
              if (!refused || /^(?:EHLO|QUIT|AUTH)/i.test(octets)) return shown;
              hit();
              // the only entry whose words nobody looks through: no octets of a client stand in it
              session.failedHandshake(octets);
              return shown;
            },
          };
        },
      }),
    }),
  },
  policyMutant(
    {
      id: 'expired-token-taken',
      rule: 'sandbox.tokens',
      wrong: 'takes an access token that has expired',
      alsoTouches: [],
    },
    (own, hit) => ({
      tokenFault: (facts) => {
        const fault = own.tokenFault(facts);
        if (facts.issued === undefined || facts.now < facts.issued.expiresAt) return fault;
        hit();
        return own.tokenFault({ ...facts, now: 0 });
      },
    }),
  ),
  policyMutant(
    {
      id: 'scope-of-a-token-ignored',
      rule: 'sandbox.tokens',
      wrong: 'takes an access token of whatever scope',
      alsoTouches: [],
    },
    (own, hit) => ({
      tokenFault: (facts) => {
        const fault = own.tokenFault(facts);
        if (fault === 'insufficient_scope') hit();
        return fault === 'insufficient_scope' ? undefined : fault;
      },
    }),
  ),
  policyMutant(
    {
      id: 'token-of-another-login-taken',
      rule: 'sandbox.tokens',
      wrong: 'takes an access token that was issued to another login',
      alsoTouches: [],
    },
    (own, hit) => ({
      tokenFault: (facts) => {
        if (facts.issued?.toThisLogin === false) hit();
        return own.tokenFault({
          ...facts,
          issued: facts.issued && { ...facts.issued, toThisLogin: true },
        });
      },
    }),
  ),
];
