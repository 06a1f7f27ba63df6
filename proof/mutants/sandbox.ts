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
];
