import type { SuiteCheck } from '../../contract/checks.ts';
import { ruleOfCheck, type Contract } from '../../contract/contract.ts';
import { isOwnRequirement, type Requirement } from '../../contract/requirement.ts';
import { addressKeyOf } from '../../smtp/address-equality.ts';
import { stringToOctets } from '../../smtp/bytes.ts';
import { ruleOfThen } from '../scenario/rule-of-expectation.ts';
import type { MatrixCase } from '../scenario/matrix.ts';
import type { ThenExpectation } from '../scenario/scenario.ts';
import { fillTemplate, utf8AsOctets } from '../scenario/template.ts';
import { loginChoices, type LoginChoice } from '../situation/given.ts';
import type { HistoryRow, Observation } from '../target/target.ts';
import { indexSubmissions, type WantedCopies } from './compare-delivered.ts';
import { compareThen, type CaseEnd, type ComparedThen } from './compare-then.ts';
import type { BrokenRecord } from './case-record.ts';
import type { AcceptedMessage } from './conversation.ts';
import { readCopies, type CaseMailbox } from './read-copies.ts';
import { checkMessageIds } from './check-read-back.ts';
import { findReadBackFaults } from './read-back.ts';
import { compareAgain } from './second-reading.ts';
import { isOwnThen } from './own-end.ts';
import type { Stage } from './stage.ts';
import type { Step, Unmet } from './stop.ts';

/** The end of a case, what of its `then` is unmet, and what the target does not show. */
export interface ObservedEnd {
  /** What was accepted in all sessions of the case. */
  readonly submissions: readonly AcceptedMessage[];
  readonly observation: Observation | undefined;
  readonly unmet: readonly UnmetThen[];
  readonly missing: readonly string[];
  /** How many copies each address has, where the mailbox was looked into. */
  readonly copies: ReadonlyMap<string, number> | undefined;
  /** What does not agree when the target is asked in other ways. */
  readonly readBack?: readonly BrokenRecord[];
}

/** Gives the submissions that were accepted for an address. */
type SubmissionsFor = ReturnType<typeof indexSubmissions>;

/** An unmet key of `then`. */
export interface UnmetThen extends Unmet {
  readonly key: ThenExpectation['kind'];
  /** Whether the line names its rule, as in `charged: 0   [protocol.line-ends]`. */
  readonly namesRule: boolean;
}

/** Reads the end behind the barrier. After an unmet expectation only the invariants are interested in it. */
export async function observeEnd(
  mailbox: CaseMailbox | undefined,
  matrixCase: MatrixCase,
  stage: Stage,
  stop: Step,
): Promise<ObservedEnd> {
  const { scenarioCase } = matrixCase;
  const submissions = stage.allSessions
    .flatMap(({ conversation }) => conversation.submissions())
    .toSorted((left, right) => left.order - right.order);
  const holds = stop === undefined || stop.kind === 'ended' ? scenarioCase.ending : [];
  // refused or cut messages may have been charged and delivered all the same
  const unsent = stage.allSessions.flatMap(({ conversation }) => conversation.unsent());
  if (
    holds.length === 0 &&
    submissions.length === 0 &&
    unsent.every(({ forwardPaths }) => forwardPaths.length === 0)
  )
    return {
      submissions,
      observation: undefined,
      unmet: [],
      missing: [],
      copies: undefined,
      readBack: await findReadBackFaults(matrixCase, stage, stop, undefined),
    };
  const submissionsFor = indexSubmissions(submissions);
  await stage.situation.settle();
  const others = [...new Set(holds.map(({ of }) => of))].filter((of) => of !== 'first');
  const observation = await stage.situation.observe(others);
  // whoever sent is looked after too, where it is promised that no notice comes back
  const isSilent = ruleOfCheck(stage.contract, 'no notices') !== undefined;
  const recipients = new Map([
    ...stage.situation.recipients,
    ...(isSilent ? ([['the sender', stage.situation.sender]] as const) : []),
  ]);
  // mail is all that a target without a history shows
  const wantsMail = holds.some(({ kind }) => kind === 'delivered') || observation.history === undefined;
  const end: CaseEnd = {
    observation,
    filtered: await readFiltered(holds, stage),
    copies:
      wantsMail && mailbox !== undefined
        ? await readCopies(mailbox, recipients, leastCopies(holds, stage, submissionsFor))
        : undefined,
    recipients,
    values: stage.values,
    submittedSizes: (name, of) =>
      submissionsFor(stage.situation.recipients.get(name) ?? name)
        .filter(({ login }) => isOfAccount(login, of, stage))
        .map(({ message }) => message.length),
    wanted: (expectation) => wantedCopies(expectation, stage, submissionsFor),
  };
  const unmet: UnmetThen[] = [];
  const missing: string[] = [];
  for (const expectation of holds) {
    const first = compareThen(expectation, end);
    const compared =
      expectation.kind === 'delivered' && first.kind === 'met'
        ? await readMailAgain(expectation, end)
        : first;
    const rule = ruleOfThen(stage.contract, expectation.kind, scenarioCase.about, expectation.rule);
    if (compared.kind === 'not-observed')
      missing.push(`then ${expectation.kind}: the target does not show ${compared.missing}`);
    else if (compared.kind === 'unmet') {
      const held = ruleOfFault(stage.contract, compared.check, rule, scenarioCase.about, expectation);
      const own = isOwnThen(expectation, observation, submissions, stage);
      unmet.push({ ...unmetThen(stage.contract, expectation, held, compared), own });
    } else for (const met of [rule, scenarioCase.about]) stage.met.add(met);
  }
  // a mailbox does not care whose mail it is
  const rows = [...(observation.history ?? []), ...observation.otherHistory];
  const readBack = [
    ...checkMessageIds(rows, end.copies ?? new Map(), recipients),
    ...(await findReadBackFaults(matrixCase, stage, stop, observation)),
  ];
  return { submissions, observation, unmet, missing, copies: countCopies(end), readBack };
}

/** Whether the login of a session belongs to the account that one of the case's logins has. */
function isOfAccount(login: string | undefined, of: LoginChoice, { given, situation }: Stage): boolean {
  const isOther = (choice: LoginChoice) => {
    const account = { first: undefined, second: given.secondLogin, third: given.thirdLogin }[choice];
    return account === 'another account';
  };
  const choice = loginChoices.find((each) => situation.credentials(each)?.login === login) ?? 'first';
  return isOther(choice) === isOther(of);
}

/** What was delivered as it must be by the first reading is held against a second one, which shares nothing with it. */
async function readMailAgain(
  expectation: Extract<ThenExpectation, { kind: 'delivered' }>,
  { copies, wanted }: CaseEnd,
): Promise<ComparedThen> {
  for (const one of wanted(expectation)) {
    const wrong = await compareAgain(one, copies?.get(one.name) ?? []);
    if (wrong !== undefined) return { kind: 'unmet', ...wrong };
  }
  return { kind: 'met' };
}

function countCopies({ copies, recipients }: CaseEnd): ReadonlyMap<string, number> | undefined {
  if (copies === undefined) return undefined;
  return new Map([...recipients].map(([name, address]) => [address, copies.get(name)?.length ?? 0]));
}

/** How many copies each named recipient must have. */
function leastCopies(
  holds: readonly ThenExpectation[],
  stage: Stage,
  submissionsFor: SubmissionsFor,
): ReadonlyMap<string, number> {
  const wanted = holds.flatMap((one) =>
    one.kind === 'delivered' ? wantedCopies(one, stage, submissionsFor) : [],
  );
  return new Map(wanted.map(({ name, messages }) => [name, messages.length]));
}

async function readFiltered(
  holds: readonly ThenExpectation[],
  { situation }: Stage,
): Promise<ReadonlyMap<ThenExpectation, readonly HistoryRow[] | undefined>> {
  const filtered = new Map<ThenExpectation, readonly HistoryRow[] | undefined>();
  for (const expectation of holds) {
    if (expectation.kind !== 'history' || expectation.filter === undefined) continue;
    filtered.set(expectation, await situation.filteredHistory(expectation.filter, expectation.of));
  }
  return filtered;
}

/** A fault of content or envelope carries its own rule, unless the case is about just that or its line says another. */
function ruleOfFault(
  contract: Contract,
  check: SuiteCheck | undefined,
  usual: Requirement,
  about: Requirement,
  { rule: tag }: ThenExpectation,
): Requirement {
  const fault = check && ruleOfCheck(contract, check);
  const isAboutIt = contract.rulesOfSuite.copies.includes(about);
  return fault === undefined || tag !== undefined || isAboutIt || isOwnRequirement(about) ? usual : fault;
}

function unmetThen(
  { rulesOfThen }: Contract,
  { position, source, kind, offset, of, rule: tag }: ThenExpectation,
  rule: Requirement,
  { expected, received }: { readonly expected: string; readonly received: string },
): UnmetThen {
  const named = of === 'first' ? `then.${kind}` : `then.${of}.${kind}`;
  return {
    rule,
    position,
    source,
    offset,
    expected,
    received,
    message: `${named} is not what it must be`,
    isOfTheEnd: true,
    hints: [rulesOfThen[kind]],
    key: kind,
    namesRule: tag !== undefined,
  };
}

function wantedCopies(
  { copies }: Extract<ThenExpectation, { kind: 'delivered' }>,
  stage: Stage,
  submissionsFor: SubmissionsFor,
): readonly WantedCopies[] {
  return [...copies].map(([name, wanted]) => {
    const address = stage.situation.recipients.get(name) ?? name;
    const own = submissionsFor(address);
    const messages =
      wanted.kind === 'as-sent'
        ? own.map(({ message }) => stringToOctets(message))
        : wanted.names.flatMap((message) => {
            const named = stage.messages.get(message);
            return named === undefined
              ? []
              : [stringToOctets(utf8AsOctets(fillTemplate(named.text, stage.values)))];
          });
    const reversePaths = [...new Set(own.map(({ reversePath }) => reversePath))];
    // another gateway has its own way to say how it took a message
    const ours = stage.declaresChoices ? own : [];
    const taken = ours.map((each) => each.taken);
    const key = addressKeyOf(address);
    const spellings = ours.flatMap(({ forwardPaths }) =>
      forwardPaths.filter((path) => addressKeyOf(path) === key),
    );
    return { name, address, messages, reversePaths, taken, spellings };
  });
}
