import type { Basis, RuleId, RuleEntry } from '../../contract/rule.ts';
import { recordKinds, tlsFaults, triggerCuts, triggerStages } from '../../contract/vocabulary.ts';
import type { Vocabulary } from '../../control-api/vocabulary-schemas.ts';
import { LARGEST_REQUEST } from '../control/control.ts';
import { defaultBounds } from '../gateway/transcript-recorder.ts';
import { choiceMeanings, type Choices } from '../policy/choices.ts';
import type { SandboxProvider } from '../policy/provider.ts';
import { KEPT_BODIES, KEPT_HISTORY_ROWS } from '../store/store.ts';
import { KEPT_EVENTS, MOST_STREAMS, MOST_STREAMS_OF_ACCOUNT } from './event-log.ts';
import { sessionOutcomes } from './session-outcome.ts';
import { MOST_TRIGGERS } from './trigger-operations.ts';

/** The words of the gateway, from its provider's contract and the choices that hold. Pure. */
export function showVocabulary(
  { contract, policy, choiceRules }: SandboxProvider,
  choices: Choices,
): Vocabulary {
  const { words, rules, documentedReplies } = contract;
  return {
    name: contract.gatewayName,
    modes: contract.modes.map((entry) => ({ ...entry })),
    plans: showPlans(contract),
    connectionStatuses: [...words.connectionStatuses],
    emailStatuses: words.emailStatuses.map((each) => ({
      ...each,
      final: each.name !== 'queued' && each.name !== 'deferred',
      blocks: policy.countsTowardsBlock(each.name),
    })),
    domainStates: [...words.domainStates],
    sessionOutcomes: [...sessionOutcomes],
    ledgerKinds: [...words.ledgerKinds],
    encryptions: [...words.encryptions],
    limits: [...words.limits],
    roles: [...words.roles],
    reservedDomain: words.reservedDomain,
    recordKinds: [...recordKinds],
    clockSteps: [...clockSteps],
    triggerStages: [...triggerStages],
    tlsFaults: [...tlsFaults],
    triggerCuts: [...triggerCuts],
    documentedErrors: Object.entries(documentedReplies).map(([rule, { reply, cause, cure }]) => ({
      rule,
      reply,
      cause,
      cure: [...cure],
    })),
    documentedPage: contract.documentedPage.split('\n'),
    bases: Object.entries(basisMeanings).map(([name, meaning]) => ({ name, meaning })),
    rules: Object.entries(rules).map(([id, entry]) => showRule(id, entry)),
    choices: choiceNames.flatMap((name) => {
      const value = choices[name];
      const rule = choiceRules[name];
      const shown = typeof value === 'object' && value !== null ? [...value] : value;
      return rule === undefined ? [] : [{ name, value: shown, meaning: choiceMeanings[name], rule }];
    }),
    accesses: [...words.accesses],
    bounds: [...bounds],
  };
}

/** The kinds of plan with what their packages cost; none where the provider sells none. */
export function showPlans({ words }: Pick<SandboxProvider['contract'], 'words'>): Vocabulary['plans'] {
  return words.plans.map(({ kind, meaning, packages }) => ({
    kind,
    meaning,
    packages: packages.map((each) => ({ ...each })),
  }));
}

/** A rule with its sentence and its source. */
export function showRule(id: RuleId, entry: RuleEntry): Vocabulary['rules'][number] {
  const { basis, statement, source, replies = [], ...rest } = entry;
  const level = ('level' in rest ? rest.level : undefined) ?? null;
  return { id, basis, level, statement, source, replies: [...replies] };
}

// Object.keys forgets the type of the keys; the table is closed, so they are these
const choiceNames = Object.keys(choiceMeanings) as readonly (keyof Choices)[];

const bounds: Vocabulary['bounds'] = [
  { name: 'historyRows', value: KEPT_HISTORY_ROWS, meaning: 'Rows of the send history that are kept.' },
  {
    name: 'bodies',
    value: KEPT_BODIES.messages,
    meaning: 'Mails whose text is kept behind their last delivery.',
  },
  { name: 'bodyOctets', value: KEPT_BODIES.octets, meaning: 'Octets of their texts in all.' },
  { name: 'transcripts', value: defaultBounds.sessions, meaning: 'Transcripts that are kept.' },
  {
    name: 'transcriptOctets',
    value: defaultBounds.octets,
    meaning: 'Octets that are kept of the transcript of one session.',
  },
  { name: 'events', value: KEPT_EVENTS, meaning: 'Events that are kept for a stream that comes back.' },
  {
    name: 'streamsOfAccount',
    value: MOST_STREAMS_OF_ACCOUNT,
    meaning: 'Event streams that may be open at once for one account.',
  },
  { name: 'streams', value: MOST_STREAMS, meaning: 'Event streams that may be open at once in all.' },
  { name: 'triggers', value: MOST_TRIGGERS, meaning: 'Triggers that an account may have at once.' },
  {
    name: 'requestOctets',
    value: LARGEST_REQUEST,
    meaning: 'Octets of the largest request to the control API.',
  },
];

const basisMeanings: Readonly<Record<Basis['basis'], string>> = {
  documented: 'The documentation says so',
  standard: 'An RFC says so',
  observed: 'Public reports say it of the real gateway',
  inferred: 'Chosen, where the documentation is silent',
  sandbox: 'The sandbox’s own, for tests',
};

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The rate window, the lock of a login, a retry, the suppressions of a day, and monthly sends end within these. */
const clockSteps: Vocabulary['clockSteps'] = [
  { label: '10 seconds', milliseconds: 10_000 },
  { label: '5 minutes', milliseconds: 5 * MINUTE_MS },
  { label: '1 hour', milliseconds: 60 * MINUTE_MS },
  { label: '1 day', milliseconds: DAY_MS },
  { label: '31 days', milliseconds: 31 * DAY_MS },
];
