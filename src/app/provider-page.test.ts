import { expect, test } from 'vitest';
import { amazonSes } from '../contract/amazon-ses/amazon-ses.ts';
import type { Contract } from '../contract/contract.ts';
import type { Basis } from '../contract/rule.ts';
import { amazonSesSandbox } from '../sandbox/policy/amazon-ses/provider.ts';
import { choiceMeanings, type Choices } from '../sandbox/policy/choices.ts';
import { showChoice } from './commands/choices.ts';

/** Where a rule comes from, as the page says it. */
const BASES: Readonly<Record<Basis['basis'], string>> = {
  documented: 'documented',
  observed: 'observed',
  standard: 'standard',
  inferred: 'chosen',
  sandbox: 'sandbox',
};

const cell = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');

/** The table of a provider's rules: what it says, whether that is documented, observed or chosen, and from where. */
function tableOfRules({ rules }: Contract): string {
  const lines = Object.entries(rules).map(([id, rule]) => {
    const replies = (rule.replies ?? []).map((reply) => `<br>\`${cell(reply)}\``).join('');
    return `| \`${id}\` | ${BASES[rule.basis]} | ${cell(rule.statement)}${replies} | ${cell(rule.source)} |`;
  });
  return ['| rule | is | what it says | from |', '|---|---|---|---|', ...lines].join('\n');
}

function tableOfChoices({ choices, choiceRules }: typeof amazonSesSandbox): string {
  // Object.keys forgets the type of the keys; the table is closed, so they are these
  const names = Object.keys(choiceRules) as readonly (keyof Choices)[];
  const lines = names.map(
    (name) =>
      `| \`${name}\` | ${showChoice(choices[name])} | ${choiceMeanings[name]} | \`${choiceRules[name]}\` |`,
  );
  return ['| choice | value | meaning | rule |', '|---|---|---|---|', ...lines].join('\n');
}

const page = `# Amazon SES

The second provider: \`--provider amazon-ses\` on the commands, \`createSandbox({ provider: amazonSesSandbox })\` in a program. Its promise is
[the provider's guide, gathered](../../fixtures/amazon-ses-smtp.md). Accounts are made over the control API: \`identities\` are addresses and
domains, \`access\` is \`production\` (unless said), \`sandbox\` or \`not subscribed\`, and \`limits\` may set \`sendQuota\` and \`sendRate\`.
The gateway stands in us-east-1; \`amazonSesSandboxIn(region)\` makes one for another region.

*Documented* is in the guide, word for word. *Observed* is known from public reports, which are named. *Chosen* is ours, where both are
silent, with the reason. *Standard* is an RFC's, *sandbox* what only our gateway has.

## Rules
${tableOfRules(amazonSes)}

## Choices
${tableOfChoices(amazonSesSandbox)}
`;

test('docs/providers/amazon-ses.md says rule by rule what is documented, observed and chosen', async () => {
  await expect(page).toMatchFileSnapshot('../../docs/providers/amazon-ses.md');
});
