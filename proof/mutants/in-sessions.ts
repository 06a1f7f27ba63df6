import type { PropertyName } from '../../src/conformance/property/properties.ts';
import { policyMutant, wireMutant, type Mutant } from '../mutant.ts';

/**
 * Gateways whose fault comes to bear in courses that no scenario takes: generated sessions alone must find them, so they
 * are not among those that the scripted suite is shown.
 */
export const sessionMutants: readonly (readonly [property: PropertyName, mutant: Mutant])[] = [
  ['protocol', reversePathBeyondAscii()],
  ['login', loginTrimsThePassword()],
];

function reversePathBeyondAscii(): Mutant {
  return policyMutant(
    {
      id: 'mail-beyond-ascii-without-smtputf8',
      rule: 'protocol.eightbit.ascii',
      wrong: 'takes a reverse-path beyond ASCII without SMTPUTF8',
      alsoTouches: [],
    },
    (own, hit) => ({
      mail: (facts) => {
        const { argument } = facts;
        if (argument.kind === 'unreadable' || argument.mail.parameters.has('SMTPUTF8'))
          return own.mail(facts);
        const parameters = new Map([...argument.mail.parameters, ['SMTPUTF8', undefined] as const]);
        const decision = own.mail({
          ...facts,
          argument: { ...argument, mail: { ...argument.mail, parameters } },
        });
        if (decision.kind === 'accept' && own.mail(facts).kind !== 'accept') hit();
        return decision;
      },
    }),
  );
}

function loginTrimsThePassword(): Mutant {
  return wireMutant(
    {
      id: 'auth-login-trims-the-password',
      rule: 'error.535',
      wrong: 'takes blanks off the end of the password that AUTH LOGIN brings',
      alsoTouches: [],
    },
    (hit) => () => {
      let isAsked = false;
      return {
        sent: (text) => {
          isAsked = text.startsWith('334 UGFzc3dvcmQ6');
          return text;
        },
        received: (text) => {
          if (!isAsked || !/^[A-Za-z0-9+/]+=*\r\n$/.test(text)) return text;
          const password = Buffer.from(text, 'base64').toString();
          if (password.trimEnd() !== password) hit();
          return `${Buffer.from(password.trimEnd()).toString('base64')}\r\n`;
        },
      };
    },
  );
}
