import type { Mutant } from '../mutant.ts';

/** Gateways that are wrong in what only the sandbox has; a control test shows them. */
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
              session.line(octets, tls);
              if (!/^AUTH \S+ \S/i.test(octets)) return;
              hit();
              session.failedHandshake(octets);
            },
          };
        },
      }),
    }),
  },
];
