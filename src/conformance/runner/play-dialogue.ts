import { setImmediate } from 'node:timers/promises';
import type { DialogueLine, Macro, MacroLine, SayLine, TimeLine, WorldLine } from '../scenario/dialogue.ts';
import { groupWrites, type DialogueStep } from '../scenario/group-writes.ts';
import type { LoginChoice } from '../situation/given.ts';
import { fillTemplate, readEscapes, utf8AsOctets } from '../scenario/template.ts';
import { showChangeNote, showSessionNote, showTimeNote } from './excerpt-notes.ts';
import { chooseCredentials, plainResponse, tokenResponse } from './auth-lines.ts';
import type { CaseSession } from './case-session.ts';
import { checkOpenStages, playOpenStage } from './open-stage.ts';
import { playExpectation } from './play-expectation.ts';
import { playConnectToGreeting, playHandshake, playLogin, playOpen, playWrongLogin } from './play-opening.ts';
import { playEnvelope, playSend, sayMessage } from './play-transaction.ts';
import { isAskedNext, type Stage } from './stage.ts';
import type { Step } from './stop.ts';

/** Plays a dialogue line by line, up to its end or to the first expectation that is not met. */
export async function playDialogue(stage: Stage, dialogue: readonly DialogueLine[]): Promise<Step> {
  const followers = followersOf(dialogue);
  for (const step of groupWrites(dialogue)) {
    const last = step.kind === 'write' ? step.lines.at(-1) : step.line;
    stage.playing = step.kind === 'write' ? step.lines[0] : step.line;
    stage.next = last && followers.get(last);
    const stop = (await playStep(stage, step, dialogue)) ?? checkOpenStages(stage, dialogue, last);
    if (stop !== undefined) return stop;
  }
  return checkOpenStages(stage, dialogue, undefined);
}

/** The next line of the same session, for each line. */
function followersOf(dialogue: readonly DialogueLine[]): ReadonlyMap<DialogueLine, DialogueLine> {
  const followers = new Map<DialogueLine, DialogueLine>();
  const last = new Map<number, DialogueLine>();
  for (const line of dialogue) {
    if (!('session' in line)) continue;
    const before = last.get(line.session);
    if (before !== undefined) followers.set(before, line);
    last.set(line.session, line);
  }
  return followers;
}

async function playStep(stage: Stage, step: DialogueStep, dialogue: readonly DialogueLine[]): Promise<Step> {
  if (step.kind === 'write') return await playWrite(stage, step.lines);
  const { line } = step;
  if (line.kind === 'time') return playTime(stage, line);
  if (line.kind === 'world') return playWorld(stage, line);
  const session = stage.sessions.get(line.session);
  session?.plays(line);
  if (line.kind === 'macro') return playMacro(stage, session, line);
  if (session === undefined) return noSession(line);
  const following = dialogue.slice(dialogue.indexOf(line) + 1);
  return line.kind === 'expect'
    ? playExpectation(stage, session, line, following)
    : playOpenStage(stage, session, line, following);
}

async function playWrite(stage: Stage, lines: readonly [SayLine, ...SayLine[]]): Promise<Step> {
  const session = stage.sessions.get(lines[0].session);
  if (session === undefined) return noSession(lines[0]);
  session.plays(lines[0]);
  session.write(lines.map((line) => octetsOf(stage, line)).join(''));
  // lets octets that are written out leave as a packet of their own
  if (lines.at(-1)?.ends === 'nothing') await setImmediate();
  return undefined;
}

function octetsOf({ values }: Stage, { text, ends }: SayLine): string {
  if (ends === 'CRLF') return `${utf8AsOctets(fillTemplate(text, values))}\r\n`;
  // a backslash in a value is no escape
  const escaped = fillTemplate(text, values, (value) => value.replaceAll('\\', '\\\\'));
  return readEscapes(escaped) ?? escaped;
}

async function playTime(stage: Stage, { passes, source }: TimeLine): Promise<Step> {
  stage.clockMs = passes.kind === 'for' ? stage.clockMs + passes.ms : Date.parse(passes.instant);
  stage.note(showTimeNote(source, stage.clockMs));
  const done = await stage.situation.passTime(
    passes.kind === 'for' ? { ms: passes.ms } : { until: passes.instant },
  );
  return done.kind === 'done' ? undefined : done;
}

async function playWorld(stage: Stage, { change, source }: WorldLine): Promise<Step> {
  const { situation, values, changes } = stage;
  changes.push(change);
  const done = await situation.change(change);
  stage.note(showChangeNote(source, change));
  if (change.kind === 'maintenance') stage.maintenance = change.on;
  if (change.kind === 'new-password' && change.login === undefined)
    values.set('password', situation.credentials('first')?.password ?? '');
  return done.kind === 'done' ? undefined : done;
}

async function playMacro(stage: Stage, session: CaseSession | undefined, line: MacroLine): Promise<Step> {
  for (let time = 0; time < line.times; time += 1) {
    const stop = await playMacroOnce(stage, session, line);
    if (stop?.kind === 'answered') return undefined;
    if (stop !== undefined) return stop;
  }
  holdLastReply(stage, line);
  return undefined;
}

/** What went well can be asked about too, by an `S:` line behind the macro: its last reply is read again there. */
function holdLastReply(stage: Stage, line: MacroLine): void {
  const session = stage.sessions.get(line.session);
  const last = session?.replies.at(-1);
  if (session === undefined || last === undefined || !READS_REPLIES.has(line.macro.kind)) return;
  if (isAskedNext(stage, line))
    session.holdForNextLine({ kind: 'reply', reply: last.reply, faults: last.faults });
}

/** The macros that read replies themselves. */
const READS_REPLIES: ReadonlySet<Macro['kind']> = new Set([
  'session',
  'open',
  'login',
  'wrong-login',
  'envelope',
  'send',
]);

function playMacroOnce(stage: Stage, session: CaseSession | undefined, line: MacroLine): Promise<Step> {
  const { macro } = line;
  if (macro.kind === 'connect') return playConnectToGreeting(stage, line);
  if (macro.kind === 'open') return playOpen(stage, line);
  if (macro.kind === 'session') return playSession(stage, line, macro.login);
  return session === undefined
    ? Promise.resolve(noSession(line))
    : playInSession(stage, session, line, macro);
}

async function playSession(stage: Stage, line: MacroLine, login: LoginChoice): Promise<Step> {
  const stop = await playOpen(stage, line);
  const session = stage.sessions.get(line.session);
  if (stop !== undefined || session === undefined || stage.situation.withoutLogin === true) return stop;
  return playLogin(stage, session, line, login, 'PLAIN');
}

async function playInSession(
  stage: Stage,
  session: CaseSession,
  line: MacroLine,
  macro: Exclude<Macro, { readonly kind: 'connect' | 'open' | 'session' }>,
): Promise<Step> {
  switch (macro.kind) {
    case 'tls-handshake':
      return playHandshake(stage, session, line);
    case 'login':
      return playLogin(stage, session, line, macro.login, macro.form);
    case 'wrong-login':
      return playWrongLogin(stage, session, line, macro.login);
    case 'auth-line': {
      const credentials = chooseCredentials(stage.situation, macro.credential, macro.login);
      if (credentials === undefined) return { kind: 'not-arranged', missing: `<AUTH ${macro.credential}>` };
      session.write(`AUTH PLAIN ${plainResponse(credentials)}\r\n`);
      return undefined;
    }
    case 'token-line': {
      const login = stage.situation.credentials(macro.login)?.login;
      const token = await stage.situation.tokens?.token(macro.token, macro.login);
      if (login === undefined || token === undefined)
        return { kind: 'not-arranged', missing: 'an access token' };
      session.write(`AUTH ${macro.mechanism} ${tokenResponse(macro.mechanism, login, token)}\r\n`);
      return undefined;
    }
    case 'envelope':
      return playEnvelope(stage, session, line, macro.recipients);
    case 'send':
      return playSend(stage, session, line, macro.recipients);
    case 'message':
      sayMessage(stage, session, macro.part, macro.message);
      return undefined;
    case 'close':
      session.close();
      stage.note(showSessionNote(line.session, 'closed by the client'));
      return undefined;
    case 'half-close':
      session.halfClose();
      stage.note(showSessionNote(line.session, 'half closed by the client'));
      return undefined;
    case 'reset':
      session.reset();
      stage.note(showSessionNote(line.session, 'reset by the client'));
      return undefined;
  }
}

function noSession(line: DialogueLine): Step {
  return { kind: 'errored', why: `no session is open at "${line.source}"` };
}
