import { refuse } from '../sandbox/policy/emailmassivo/refuse.ts';
import type { SandboxParts } from '../sandbox/sandbox.ts';

/** A gateway that is wrong: it keeps one send in reserve. */
export const stingy: SandboxParts = {
  policy: (own) => ({
    ...own,
    rcpt: (facts) => {
      const decision = own.rcpt(facts);
      return decision.kind === 'accept' && facts.recipients.size + 1 >= facts.balance && facts.balance > 0
        ? refuse('error.450', 'error.450.stage')
        : decision;
    },
  }),
};
