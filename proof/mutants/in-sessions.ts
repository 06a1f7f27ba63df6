import { policyMutant, type Mutant } from '../mutant.ts';

/**
 * Gateways whose fault comes to bear in courses that no scenario takes: generated sessions alone must find them, so they
 * are not among those that the scripted suite is shown.
 */
export const sessionMutants: readonly Mutant[] = [
  policyMutant(
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
  ),
];
