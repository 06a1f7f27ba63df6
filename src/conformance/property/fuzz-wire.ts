/**
 * Fuzzing below the grammar: octets that no client would send, in chunks that no client would make. Whatever comes, the
 * gateway answers in the grammar or closes, serves its other sessions, and charges only what it said 250 to.
 */
import fc from 'fast-check';
import type { SuiteCheck } from '../../contract/checks.ts';
import { modeOf, ruleIdsOf, ruleOfCheck, type Contract } from '../../contract/contract.ts';
import type { Mode } from '../../contract/modes.ts';
import type { RuleId } from '../../contract/rule.ts';
import { openSession } from '../driver/driver.ts';
import type { SmtpSession } from '../driver/smtp-session.ts';
import { plainResponse } from '../runner/auth-lines.ts';
import { followConversation, type Conversation } from '../runner/conversation.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import { needsOf } from '../scenario/needs.ts';
import type { Situation } from '../target/target.ts';
import { compareCharges, type Followed } from './compare-charges.ts';
import type { SearchOptions } from './search-options.ts';
import { seedNumber } from './seed-number.ts';
import { placeholders, wireInput, type WireInput } from './wire-input.ts';

/** What to fuzz, and with what. */
export interface FuzzOptions extends SearchOptions {
  /** What the target is held to. */
  readonly contract: Contract;
  /** Chunks to send at least; each is one input. */
  readonly inputs: number;
}

/** A promise that a gateway broke under fuzzing. */
export interface Violation {
  readonly rule: RuleId;
  readonly mode: Mode;
  readonly input: WireInput;
  readonly what: string;
  /** Which of the seed's sessions it was. */
  readonly path: string;
}

/** What fuzzing came to. */
export interface Fuzzing {
  readonly inputs: number;
  readonly sessions: number;
  readonly ms: number;
  readonly violation: Violation | undefined;
}

/** Sessions that share an account, whose charges are compared when they have ended. */
const BATCH = 40;
const given = (contract: Contract): string => `title: Fuzzed
about: ${ruleOfForm(contract, 'form of replies')}
given: { balance: 1000000, rate: { limit: 1000000, per: 1ms }, recipients: { to: accepts } }
dialogue: |
  C: <session>
`;
/** Ends whatever a session may be in: a line, an AUTH exchange, a message. */
const WAY_OUT = '\r\n.\r\nNOOP\r\nQUIT\r\n';

/** Fuzzes until the inputs or the time are over, or until a promise is broken. */
export async function fuzzWire(options: FuzzOptions): Promise<Fuzzing> {
  const { contract, seed, now, jobs = 16 } = options;
  const modes = options.modes ?? contract.modes.map(({ mode }) => mode);
  const began = now();
  let inputs = 0;
  let sessions = 0;
  let violation: Violation | undefined;
  const over = () =>
    violation !== undefined ||
    inputs >= options.inputs ||
    options.signal?.aborted === true ||
    (options.timeMs !== undefined && now() - began >= options.timeMs);
  for (let batch = 0; !over(); batch += 1) {
    await using situation = await arrange(options);
    const drawn = fc.sample(fc.tuple(fc.constantFrom(...modes), wireInput), {
      numRuns: BATCH,
      seed: seedNumber(seed, 'wire', batch),
    });
    await using witness = await openWitness(options, situation);
    const queue = drawn.map(([mode, input], index) => ({ mode, input, path: `${batch}:${index}` }));
    const followed: Followed[] = [];
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined && !over(); next = queue.shift()) {
        const told = await fuzzSession(options, situation, next.mode, next.input, followed);
        const unserved = told === undefined ? await witness.ask() : undefined;
        inputs += next.input.chunks.length;
        sessions += 1;
        options.onProgress?.(inputs);
        const broken = told ?? unserved;
        if (broken !== undefined)
          violation ??= { ...next, rule: ruleOfForm(contract, broken.check), what: broken.what };
      }
    };
    await Promise.all(Array.from({ length: jobs }, work));
    const last = drawn.at(-1);
    const wrong = last && (await compareCharges(situation, followed));
    if (last !== undefined && wrong !== undefined) {
      violation ??= {
        mode: last[0],
        input: last[1],
        path: `${batch}:*`,
        rule: ruleOfForm(contract, 'charges of what was refused'),
        what: wrong,
      };
    }
  }
  return { inputs, sessions, ms: Math.round(now() - began), violation };
}

/** What was not as it must be, before its rule is known. */
type Broken = Pick<Violation, 'what'> & { readonly check: SuiteCheck };

/** The rule of a check; whatever a contract promises, replies are lines, so one that says nothing of it has another. */
function ruleOfForm(contract: Contract, check: SuiteCheck): RuleId {
  return (
    ruleOfCheck(contract, check) ??
    ruleOfCheck(contract, 'form of replies') ??
    ruleIdsOf(contract)[0] ??
    'protocol'
  );
}

async function arrange({ target, contract }: FuzzOptions): Promise<Situation> {
  const parsed = parseScenario(given(contract), { id: 'fuzz', file: 'fuzz', contract });
  if (parsed.kind === 'errors') throw new Error('The situation of fuzzing cannot be read.');
  const [first] = parsed.scenario.cases;
  if (first === undefined) throw new Error('The situation of fuzzing has no case.');
  const arranged = await target.arrange(needsOf(parsed.scenario, first));
  if (arranged.kind === 'not-arranged')
    throw new Error(`Nothing can be fuzzed: ${arranged.missing} is missing.`);
  return arranged.situation;
}

/** Opens a session up to where its chunks are to go; `undefined` where the target cannot be reached. */
async function open(
  { contract, now, replyTimeoutMs = 10_000 }: FuzzOptions,
  situation: Situation,
  mode: Mode,
  conversation: Conversation,
  { tls, login }: { readonly tls: boolean; readonly login: boolean },
): Promise<SmtpSession | undefined> {
  const { port, encryption } = modeOf(contract, mode);
  const endpoint = situation.endpoint(port);
  if (endpoint === undefined) return undefined;
  const opened = await openSession({
    host: endpoint.host,
    port: endpoint.port,
    number: 1,
    now,
    record: () => undefined,
    secrets: () => [],
    connectTimeoutMs: replyTimeoutMs,
  });
  if (opened.kind === 'unreachable') return undefined;
  const { session } = opened;
  const say = async (octets: string): Promise<void> => {
    conversation.clientSaid(octets);
    session.write(octets);
    const received = await session.readReply(replyTimeoutMs);
    if (received.kind === 'reply') conversation.gatewayReplied(received.reply);
  };
  if (encryption === 'implicit') {
    if (!tls) return session;
    await session.secure(endpoint, replyTimeoutMs);
  }
  const greeting = await session.readReply(replyTimeoutMs);
  if (greeting.kind === 'reply') conversation.gatewayReplied(greeting.reply);
  if (encryption === 'starttls') {
    await say('EHLO client.example\r\n');
    await say('STARTTLS\r\n');
    if (!tls) return session;
    await session.secure(endpoint, replyTimeoutMs);
    conversation.handshakeDone();
  }
  const credentials = situation.credentials('first');
  if (login && credentials !== undefined) {
    await say('EHLO client.example\r\n');
    await say(`AUTH PLAIN ${plainResponse(credentials)}\r\n`);
  }
  return session;
}

async function fuzzSession(
  options: FuzzOptions,
  situation: Situation,
  mode: Mode,
  { where, chunks }: WireInput,
  followed: Followed[],
): Promise<Broken | undefined> {
  const conversation = followConversation();
  const tls = where !== 'in place of the handshake';
  using session = await open(options, situation, mode, conversation, {
    tls,
    login: where === 'after the login',
  });
  if (session === undefined) return { check: 'greeting', what: 'the gateway can no longer be reached' };
  const one: Followed = { conversation, wasReset: false };
  followed.push(one);
  const { replyTimeoutMs = 10_000 } = options;
  const credentials = situation.credentials('first');
  const values: Readonly<Record<string, string>> = {
    [placeholders.sender]: situation.sender,
    [placeholders.recipient]: situation.recipients.get('to') ?? '',
    [placeholders.credentials]: credentials === undefined ? '' : plainResponse(credentials),
  };
  for (const chunk of [...chunks, WAY_OUT]) {
    if (session.isOver) break;
    // oxlint-disable-next-line no-control-regex -- the placeholders are control characters, which no address holds
    const octets = chunk.replaceAll(/[\u0001-\u0003]/g, (mark) => values[mark] ?? '');
    conversation.clientSaid(octets);
    session.write(octets);
    // lets what was written leave as a packet of its own
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
  return await readToTheEnd(
    session,
    one,
    replyTimeoutMs,
    tls || modeOf(options.contract, mode).encryption === 'none',
  );
}

/** Reads replies until the gateway closes; each must be one. `speaksSmtp` where plain replies are to be expected. */
async function readToTheEnd(
  session: SmtpSession,
  one: Followed,
  limitMs: number,
  speaksSmtp: boolean,
): Promise<Broken | undefined> {
  for (;;) {
    const received = await session.readReply(limitMs);
    switch (received.kind) {
      case 'reply': {
        if (received.faults.length > 0) return { check: 'form of replies', what: received.faults.join(', ') };
        if (received.reply.code < 200 || received.reply.code > 559) {
          return { check: 'form of replies', what: `a reply with the code ${received.reply.code}` };
        }
        const answers = one.conversation.gatewayReplied(received.reply);
        // what came behind it is thrown away, and the gateway waits for a handshake that never comes
        if (received.reply.code === 220 && answers === 'STARTTLS') return undefined;
        if (received.reply.code === 221 && answers !== 'QUIT') {
          return {
            check: 'form of replies',
            what: `one reply too few or too many: 221 answers ${String(answers)}`,
          };
        }
        continue;
      }
      case 'malformed':
        // a TLS alert in answer to what is no handshake is no reply, and need not be one
        return speaksSmtp
          ? { check: 'form of replies', what: `${received.why}: ${received.line}` }
          : undefined;
      case 'silence':
        return { check: 'form of replies', what: `neither a reply nor the close within ${limitMs} ms` };
      case 'closed':
        one.wasReset = received.how === 'reset';
        return speaksSmtp && received.rest !== ''
          ? { check: 'form of replies', what: `closed in the middle of a reply: ${received.rest}` }
          : undefined;
    }
  }
}

/** The mode of sessions that are beside the point: without encryption where there is such a one. */
function easiestMode({ modes }: Contract): Mode {
  return (modes.find(({ encryption }) => encryption === 'none') ?? modes[0])?.mode ?? '';
}

/** A session that says nothing wrong, and must be served all the while. */
async function openWitness(
  options: FuzzOptions,
  situation: Situation,
): Promise<{ ask: () => Promise<Broken | undefined> } & AsyncDisposable> {
  const { replyTimeoutMs = 10_000 } = options;
  const session = await open(options, situation, easiestMode(options.contract), followConversation(), {
    tls: true,
    login: true,
  });
  let last: Promise<Broken | undefined> = Promise.resolve(undefined);
  const ask = async (): Promise<Broken | undefined> => {
    if (session === undefined) return { check: 'greeting', what: 'the gateway cannot be reached' };
    session.write('NOOP\r\n');
    const received = await session.readReply(replyTimeoutMs);
    return received.kind === 'reply' && received.reply.code === 250
      ? undefined
      : { check: 'form of replies', what: `another session got ${received.kind} to its NOOP` };
  };
  return {
    // one at a time: they share the session
    ask: () => (last = last.then(ask)),
    [Symbol.asyncDispose]: async () => {
      await last;
      session?.[Symbol.dispose]();
    },
  };
}
