import { documentedRuleOf, modeOf, ruleOfCheck } from '../../contract/contract.ts';
import type { Requirement } from '../../contract/requirement.ts';
import { showReply } from '../../smtp/reply.ts';
import { openSession } from '../driver/driver.ts';
import type { HandshakeOffer } from '../driver/handshake-offer.ts';
import type { Received } from '../driver/smtp-session.ts';
import type { Handshake } from '../result/handshake.ts';
import type { LoginForm, MacroLine } from '../scenario/dialogue.ts';
import { ruleOfUnmetReply } from '../scenario/rule-of-expectation.ts';
import type { TlsOffer, TlsVersion } from '../scenario/tls-offer.ts';
import type { LoginChoice } from '../situation/given.ts';
import { base64, chooseCredentials, plainResponse, secretsOf } from './auth-lines.ts';
import { CaseSession } from './case-session.ts';
import { showSessionNote } from './excerpt-notes.ts';
import { offersKeyword } from './compare-reply.ts';
import { expectCode, isAskedNext, ruleOfNoReply, stopAt, type Stage } from './stage.ts';
import type { Step } from './stop.ts';

/** The name under which the runner greets; RFC 2606 keeps it out of anybody's way. */
const CLIENT_NAME = 'client.example';

/** Connects in the run's mode, up to TCP; a former session under the same label is let go. */
export async function playConnect(
  stage: Stage,
  line: MacroLine,
  rule: Requirement = stage.about,
): Promise<Step> {
  const { port } = modeOf(stage.contract, stage.mode);
  const endpoint = stage.situation.endpoint(port, stage.mode);
  if (endpoint === undefined)
    return { kind: 'not-arranged', missing: `a listener for the mode ${stage.mode}` };
  stage.sessions.get(line.session)?.close();
  const opened = await openSession({
    host: endpoint.host,
    port: endpoint.port,
    number: stage.allSessions.length + 1,
    now: stage.now,
    record: stage.record,
    secrets: () => secretsOf(stage.situation),
    connectTimeoutMs: stage.replyTimeoutMs,
  });
  if (opened.kind === 'unreachable') {
    stage.unreachable = true;
    return stopAt(line, {
      expected: 'a connection',
      received: opened.why,
      message: 'the gateway cannot be reached',
      rule,
    });
  }
  const number = stage.allSessions.length + 1;
  const session = new CaseSession(
    line.session,
    opened.session,
    line,
    (isNotable) => stage.heard(number, isNotable),
    {
      now: () => stage.clockMs,
      order: () => stage.allSessions.reduce((sum, { replies }) => sum + replies.length, 0),
    },
    (how) => stage.note(showSessionNote(line.session, how)),
  );
  stage.note(showSessionNote(line.session, 'connected'));
  stage.sessions.set(line.session, session);
  stage.allSessions.push(session);
  return undefined;
}

/**
 * `<connect>`: up to where the greeting can come. Where the next line asks for a reply and the mode has TLS from the
 * first octet, that is behind the handshake.
 */
export async function playConnectToGreeting(stage: Stage, line: MacroLine): Promise<Step> {
  const connected = await playConnect(stage, line);
  const session = stage.sessions.get(line.session);
  const isBehindTls =
    modeOf(stage.contract, stage.mode).encryption === 'implicit' && isAskedNext(stage, line);
  return connected !== undefined || session === undefined || !isBehindTls
    ? connected
    : playHandshake(stage, session, line);
}

/** Does the TLS handshake; an untrusted certificate says nothing about the rule, so the case is errored. */
export async function playHandshake(
  stage: Stage,
  session: CaseSession,
  line: MacroLine,
  rule: Requirement = stage.about,
): Promise<Step> {
  const endpoint = stage.situation.endpoint(modeOf(stage.contract, stage.mode).port, stage.mode);
  if (endpoint === undefined) return { kind: 'not-arranged', missing: 'the trust of the port' };
  const offer = 'tls' in line.macro ? line.macro.tls : undefined;
  const secured = await session.secure(endpoint, stage.replyTimeoutMs, offer && offerOf(offer));
  const facts: Handshake =
    secured.kind === 'secured' ? { kind: 'secured', ...secured.facts } : { kind: 'failed', why: secured.why };
  stage.handshake(stage.allSessions.indexOf(session) + 1, endpoint.servername, facts);
  const { next } = stage;
  const asksOfIt = next?.kind === 'expect' && next.expectation.kind === 'handshake-fails';
  if (secured.kind === 'secured') return asksOfIt ? { kind: 'answered' } : undefined;
  if (secured.cause === 'offer')
    return { kind: 'errored', why: `"${line.source}" cannot be offered here: ${secured.why}` };
  if (secured.cause === 'handshake' && asksOfIt) return { kind: 'answered' };
  if (secured.cause === 'trust')
    return { kind: 'errored', why: `the certificate is not trusted: ${secured.why}` };
  if (line.macro.kind === 'tls-handshake' && line.macro.closeIsFine) return undefined;
  return stopAt(line, {
    expected: 'a TLS handshake',
    received: secured.why,
    message: 'the TLS handshake failed',
    rule,
  });
}

const NODE_VERSIONS = {
  'TLS 1.0': 'TLSv1',
  'TLS 1.1': 'TLSv1.1',
  'TLS 1.2': 'TLSv1.2',
  'TLS 1.3': 'TLSv1.3',
} as const satisfies Record<TlsVersion, string>;

function offerOf({ versions, ciphers }: TlsOffer): HandshakeOffer {
  const [oldest] = versions;
  const newest = versions.at(-1);
  return {
    minVersion: oldest && NODE_VERSIONS[oldest],
    maxVersion: newest && NODE_VERSIONS[newest],
    ciphers,
  };
}

/** `<open>`: connect, greeting, EHLO, and STARTTLS with EHLO again where the mode says so. */
export async function playOpen(stage: Stage, line: MacroLine): Promise<Step> {
  const { encryption, rule } = modeOf(stage.contract, stage.mode);
  const connected = await playConnect(stage, line, rule);
  const session = stage.sessions.get(line.session);
  if (connected !== undefined || session === undefined) return connected;
  const ruleOf = (received: Received) => ruleOfOpening(stage, received, rule);
  if (encryption === 'implicit') {
    const secured = await playHandshake(stage, session, line, rule);
    if (secured !== undefined) return secured;
  }
  const greeted = await expectCode(stage, session, line, [220], ruleOf);
  if (greeted !== undefined) return greeted;
  const known = await sayEhlo(stage, session, line, ruleOf);
  if (known !== undefined || encryption !== 'starttls') return known;
  if (!offersKeyword(session.ehlo, 'STARTTLS')) {
    const received = session.ehlo === undefined ? 'no EHLO reply' : showReply(session.ehlo);
    return stopAt(line, {
      expected: 'STARTTLS offered',
      received,
      message: 'STARTTLS is not offered',
      rule,
      session,
    });
  }
  session.write('STARTTLS\r\n');
  const ready = await expectCode(stage, session, line, [220], ruleOf);
  if (ready !== undefined) return ready;
  return (await playHandshake(stage, session, line, rule)) ?? sayEhlo(stage, session, line, ruleOf);
}

function sayEhlo(
  stage: Stage,
  session: CaseSession,
  line: MacroLine,
  ruleOf: (received: Received) => Requirement,
): Promise<Step> {
  session.write(`EHLO ${CLIENT_NAME}\r\n`);
  return expectCode(stage, session, line, [250], ruleOf);
}

/** A documented refusal in place of the greeting is about its own rule; all else means that the mode is not served. */
function ruleOfOpening({ about, contract }: Stage, received: Received, portRule: Requirement): Requirement {
  const reply = received.kind === 'reply' ? showReply(received.reply) : undefined;
  return reply !== undefined && documentedRuleOf(contract, reply) !== undefined
    ? ruleOfUnmetReply({ contract, about, tag: undefined, expected: undefined, received: reply })
    : portRule;
}

/** `<login …>`: AUTH with the right password, which must be offered and get its 235. */
export async function playLogin(
  stage: Stage,
  session: CaseSession,
  line: MacroLine,
  login: LoginChoice,
  form: LoginForm,
): Promise<Step> {
  const credentials = chooseCredentials(stage.situation, 'right password', login);
  if (credentials === undefined) return { kind: 'not-arranged', missing: `the ${login} login` };
  const mechanism = form.startsWith('LOGIN') ? 'LOGIN' : 'PLAIN';
  if (!offersKeyword(session.ehlo, `AUTH ${mechanism}`)) {
    const received = session.ehlo === undefined ? 'no EHLO reply' : showReply(session.ehlo);
    const expected = `AUTH ${mechanism} offered`;
    const message = `AUTH ${mechanism} is not offered`;
    const check =
      mechanism === 'LOGIN' && offersKeyword(session.ehlo, 'AUTH') ? 'LOGIN offered' : 'AUTH offered';
    const rule = ruleOfCheck(stage.contract, check) ?? stage.about;
    return stopAt(line, { expected, received, message, rule, session });
  }
  const ruleOf = (received: Received) => ruleOfRefusedLogin(stage, line, received);
  const answers =
    mechanism === 'LOGIN'
      ? [base64(credentials.login), base64(credentials.password)]
      : [plainResponse(credentials)];
  const hasInitial = form === 'PLAIN' || form === 'LOGIN with initial response';
  session.write(hasInitial ? `AUTH ${mechanism} ${answers[0]}\r\n` : `AUTH ${mechanism}\r\n`);
  for (const answer of hasInitial ? answers.slice(1) : answers) {
    const challenged = await expectCode(stage, session, line, [334], ruleOf);
    if (challenged !== undefined) return challenged;
    session.write(`${answer}\r\n`);
  }
  return expectCode(stage, session, line, [235], ruleOf);
}

function ruleOfRefusedLogin({ about, contract }: Stage, line: MacroLine, received: Received): Requirement {
  const reply = received.kind === 'reply' ? showReply(received.reply) : undefined;
  const ofLogins = ruleOfCheck(contract, 'login') ?? about;
  if (received.kind !== 'reply') return ruleOfNoReply(contract, received, ofLogins);
  if (
    line.macro.kind === 'session' ||
    reply === undefined ||
    documentedRuleOf(contract, reply) === undefined
  ) {
    return ofLogins;
  }
  return ruleOfUnmetReply({ contract, about, tag: undefined, expected: undefined, received: reply });
}

/** `<wrong login>`: AUTH with a wrong password, which must get its 535. */
export function playWrongLogin(
  stage: Stage,
  session: CaseSession,
  line: MacroLine,
  login: LoginChoice,
): Promise<Step> {
  const credentials = chooseCredentials(stage.situation, 'wrong password', login);
  if (credentials === undefined)
    return Promise.resolve({ kind: 'not-arranged', missing: `the ${login} login` });
  session.write(`AUTH PLAIN ${plainResponse(credentials)}\r\n`);
  return expectCode(stage, session, line, [535], (received) => {
    const expected =
      stage.contract.documentedReplies[ruleOfCheck(stage.contract, 'wrong login') ?? '']?.reply;
    const reply = received.kind === 'reply' ? showReply(received.reply) : undefined;
    const rule = ruleOfUnmetReply({
      contract: stage.contract,
      about: stage.about,
      tag: undefined,
      expected,
      received: reply,
    });
    return received.kind === 'reply' ? rule : ruleOfNoReply(stage.contract, received, rule);
  });
}
