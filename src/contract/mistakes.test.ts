import { expect, test } from 'vitest';
import type { Contract } from './contract.ts';
import { ContractError, defineContract } from './define-contract.ts';
import { emailmassivo } from './emailmassivo/emailmassivo.ts';
import { mistakesOf } from './mistakes.ts';
import { rfcRules } from './rfc/rules.ts';
import type { RuleEntry } from './rule.ts';
import { sandboxRules } from './sandbox-rules.ts';

const access: RuleEntry = {
  basis: 'documented',
  statement: 'A session without encryption is taken.',
  source: 'Plain sessions are taken on port 2525.',
  shownBy: 'scenario',
  moments: ['connect'],
};
const full: RuleEntry = {
  basis: 'documented',
  statement: 'Nothing more is taken today.',
  source: 'The day is full.',
  replies: ['454 Come back tomorrow'],
  shownBy: 'scenario',
  moments: ['RCPT'],
};
const sound: Contract = {
  id: 'toy-gateway',
  version: '1',
  gatewayName: 'smtp.toy.example',
  rules: {
    'port.plain': access,
    'error.454': full,
    'protocol.size': rfcRules['protocol.size'],
    'sandbox.clock': sandboxRules['sandbox.clock'],
  },
  documentedReplies: {
    'error.454': { reply: '454 Come back tomorrow', cause: 'The day is full.', cure: ['Wait a day.'] },
  },
  modes: [{ mode: '2525', port: 2525, encryption: 'none', rule: 'port.plain' }],
  rulesOfThen: {
    charged: 'error.454',
    balance: 'error.454',
    delivered: 'port.plain',
    history: 'port.plain',
    statistics: 'port.plain',
    status: 'port.plain',
    suppressed: 'port.plain',
  },
  rulesOfSuite: {
    checks: { close: 'port.plain' },
    refusals: { 'no send left': 'error.454' },
    copies: ['port.plain'],
  },
  rulesOfWords: {},
  dimensions: [],
  declaredLimits: {},
  documentedPage:
    'Plain sessions are taken\non port 2525.\n\n454 Come back tomorrow\n\nThe day is full. Wait a day.\n',
  notReplies: {},
  words: emailmassivo.words,
};

test('a sound contract is handed back as it is', () => {
  expect(defineContract(sound)).toBe(sound);
});

const changed = (change: Partial<Contract>): Contract => ({ ...sound, ...change });
const withRule = (id: string, rule: RuleEntry): Contract =>
  changed({ rules: { ...sound.rules, [id]: rule } });

test.each<[string, Contract, string]>([
  [
    'an id in capitals',
    changed({ id: 'Toy' }),
    'the id "Toy" is no name of a folder: lower case, words joined by hyphens',
  ],
  [
    'an id with a slash',
    changed({ id: '../toy' }),
    'the id "../toy" is no name of a folder: lower case, words joined by hyphens',
  ],
  ['no version', changed({ version: '' }), 'it has no version'],
  [
    'a blank in the gateway name',
    changed({ gatewayName: 'smtp toy' }),
    'the gateway name "smtp toy" is no host name',
  ],
  ['a rule id of one word', withRule('size', full), '"size" is no rule id: lower-case words parted by dots'],
  [
    'a rule id in the form of an own requirement',
    withRule('own:x', full),
    '"own:x" is no rule id: lower-case words parted by dots',
  ],
  ['no statement', withRule('error.454', { ...full, statement: '' }), 'error.454 has no statement'],
  [
    'a quotation that the page does not hold',
    withRule('error.454', { ...full, source: 'The week is full.' }),
    'error.454 quotes "The week is full.", which does not stand on the documented page',
  ],
  [
    'a rule of no moment',
    withRule('port.plain', { ...access, moments: [] }),
    'port.plain speaks of no moment',
  ],
  [
    'a moment twice',
    withRule('port.plain', { ...access, moments: ['MAIL', 'MAIL'] }),
    'port.plain names a moment twice',
  ],
  [
    'a reply without a code',
    withRule('port.plain', { ...access, replies: ['Welcome'] }),
    'port.plain has "Welcome", which is no reply line',
  ],
  [
    'a reply of two lines',
    withRule('port.plain', { ...access, replies: ['250 a\r\n250 b'] }),
    'port.plain has "250 a\r\n250 b", which is no reply line',
  ],
  [
    'a rule of the standards in other words',
    withRule('protocol.size', { ...rfcRules['protocol.size'], statement: 'Large mail is taken.' }),
    'protocol.size is a shared rule and stands here in other words',
  ],
  [
    'a rule of the sandbox that no other contract has',
    withRule('sandbox.magic', { ...sandboxRules['sandbox.clock'] }),
    'sandbox.magic has the basis "sandbox" and is none of the sandbox\'s rules',
  ],
  ['no mode', changed({ modes: [] }), 'it has no mode'],
  ['a mode twice', changed({ modes: [...sound.modes, ...sound.modes] }), 'the mode "2525" stands twice'],
  [
    'a port that none can have',
    changed({ modes: [{ mode: '0', port: 0, encryption: 'none', rule: 'port.plain' }] }),
    'the mode "0" has the port 0',
  ],
  [
    'a mode of an unknown rule',
    changed({ modes: [{ mode: '25', port: 25, encryption: 'none', rule: 'port.25' }] }),
    'the mode "25" names the rule "port.25", which does not exist',
  ],
  [
    'a key of `then` of an unknown rule',
    changed({ rulesOfThen: { ...sound.rulesOfThen, status: 'account.status' } }),
    'then status names the rule "account.status", which does not exist',
  ],
  [
    'a documented reply that its rule does not prescribe',
    withRule('error.454', { ...full, replies: [] }),
    'error.454 does not prescribe "454 Come back tomorrow" in its rule',
  ],
  [
    'a reply of the page that no rule has',
    changed({ documentedPage: `${sound.documentedPage}550 Never\n` }),
    'the page\'s "550 Never" belongs to no rule',
  ],
  [
    'an explained line of the page under no rule',
    changed({
      documentedPage: `${sound.documentedPage}550 Never\n`,
      notReplies: { 'reply.never': '550 Never' },
    }),
    '"reply.never" explains a line of the page and is no rule',
  ],
  [
    'a status that the relay gives and no word says',
    changed({
      words: {
        ...emailmassivo.words,
        emailStatuses: emailmassivo.words.emailStatuses.filter(({ name }) => name !== 'failed'),
      },
    }),
    'it has no word for the status "failed", which the relay gives',
  ],
  [
    'a role that stands twice',
    changed({
      words: {
        ...emailmassivo.words,
        roles: [...emailmassivo.words.roles, ...emailmassivo.words.roles.slice(0, 1)],
      },
    }),
    '"accepts" stands twice in roles',
  ],
  [
    'a check under a rule that is none',
    changed({ rulesOfSuite: { ...sound.rulesOfSuite, checks: { close: 'port.never' } } }),
    'the check "close" names the rule "port.never", which does not exist',
  ],
  [
    'a refusal under a rule that is none',
    changed({ rulesOfSuite: { ...sound.rulesOfSuite, refusals: { rate: 'error.never' } } }),
    'the refusal "rate" names the rule "error.never", which does not exist',
  ],
  [
    'copies under a rule that is none',
    changed({ rulesOfSuite: { ...sound.rulesOfSuite, copies: ['copy.never'] } }),
    'the list of rules about copies names the rule "copy.never", which does not exist',
  ],
])('%s is a mistake, and the only one', (_what, contract, mistake) => {
  expect(mistakesOf(contract)).toEqual([mistake]);
});

test('a documented reply that is not on the page, with words that are not', () => {
  const reply = { reply: '454 Come back', cause: 'No room.', cure: ['Wait.'] };
  expect(mistakesOf(changed({ documentedReplies: { 'error.454': reply } }))).toEqual([
    'error.454 does not prescribe "454 Come back" in its rule',
    '"454 Come back" of error.454 is no line of the documented page',
    '"No room." of error.454 does not stand on the documented page',
    '"Wait." of error.454 does not stand on the documented page',
    'the page\'s "454 Come back tomorrow" belongs to no rule',
  ]);
});

test('all mistakes are named at once', () => {
  const broken = changed({ version: '', modes: [] });
  expect(() => defineContract(broken)).toThrow(ContractError);
  expect(() => defineContract(broken)).toThrow(
    'The contract "toy-gateway" has mistakes:\n- it has no version\n- it has no mode',
  );
});
