import { isLocked } from './account-model.ts';
import { suffixOf, type Draft, type LoginName, type SessionNumber } from './draft.ts';
import { exchangeAuth } from './auth-exchange.ts';
import type { Step } from './step.ts';
import { inMaintenance } from './expected-replies.ts';
import { mailCommand, mailReply, ownMail } from './mail-verb.ts';
import { isOffered, tlsExpectation, type TlsChoice } from './tls-choice.ts';
import { authOrder, authReply } from './verbs.ts';

type LoginStep = Extract<Step, { kind: 'session' | 'connect' | 'hello' | 'starttls' | 'auth' | 'exchange' }>;

/** Appends the beginning of a session: connect, EHLO, STARTTLS, AUTH. */
export function takeLoginStep(draft: Draft, step: LoginStep): void {
  const { at } = step;
  const isOpen = draft.sessions[at].open;
  switch (step.kind) {
    case 'session':
      if (!isOpen) openSession(draft, step);
      return;
    case 'connect':
      if (!isOpen) connect(draft, at);
      return;
    case 'hello':
      if (isOpen) hello(draft, at, step.verb, step.name);
      return;
    case 'starttls':
      if (isOpen) starttls(draft, step);
      return;
    case 'auth': {
      const { credentials } = step;
      // only who got a new password has an old one
      const whose = existing(draft, step.login);
      const login = credentials === 'old' && draft.newPasswords[whose] === 0 ? 'first' : whose;
      if (credentials === 'old' && draft.newPasswords[login] === 0) return;
      // several attempts are about the lock: they need a session that may ask for credentials at all
      if (!isOpen || (step.times > 1 && authOrder(draft, at) !== undefined)) reopen(draft, at);
      for (let time = 0; time < step.times && draft.sessions[at].open; time += 1) {
        const kind = credentials === 'unknown' ? 'unknown login' : `${credentials} password`;
        draft.exchange(
          at,
          `<AUTH ${kind}${credentials === 'unknown' ? '' : suffixOf(login)}>`,
          authReply(draft, at, login, credentials),
        );
      }
      return;
    }
    case 'exchange':
      if (step.isFresh && (!isOpen || authOrder(draft, at) !== undefined)) reopen(draft, at);
      if (draft.sessions[at].open) exchangeAuth(draft, at, step.plan);
      return;
  }
}

/** A session of the same number anew, up to where it may ask for credentials. */
function reopen(draft: Draft, at: SessionNumber): void {
  if (draft.maintenance) return;
  draft.forget(at);
  draft.opened(at);
  draft.say(at, '<open>');
}

function existing(draft: Draft, login: LoginName): LoginName {
  return draft.beginning.present.includes(login) ? login : 'first';
}

function openSession(
  draft: Draft,
  { at, login: wanted, form, tls }: Extract<Step, { kind: 'session' }>,
): void {
  const login = existing(draft, wanted);
  const named = suffixOf(login);
  const counts = draft.beginning.logins[login];
  if (draft.maintenance) return connect(draft, at);
  const offer = draft.encryption === 'none' ? undefined : tls;
  if (offer !== undefined && !isOffered(offer)) {
    draft.say(at, `<open with ${offer}>`);
    return draft.expect(at, tlsExpectation(offer));
  }
  draft.opened(at);
  if (form === 'none yet') return open(draft, at, offer);
  if (isLocked(counts, draft.now) || counts.blocked) {
    open(draft, at, offer);
    draft.exchange(at, `<AUTH right password${named}>`, authReply(draft, at, login, 'right'));
    return;
  }
  counts.failures = [];
  draft.sessions[at].login = login;
  if (form === 'session') {
    draft.say(at, `<session${named}${offer === undefined ? '' : ` with ${offer}`}>`);
    if (offer !== undefined) draft.expect(at, tlsExpectation(offer));
    return;
  }
  open(draft, at, offer);
  draft.say(at, `<login ${form}${named}>`);
}

/** Up to the EHLO behind TLS, of which the version is asked where the client chose it. */
function open(draft: Draft, at: SessionNumber, offer: TlsChoice | undefined): void {
  draft.say(at, offer === undefined ? '<open>' : `<open with ${offer}>`);
  if (offer !== undefined) draft.expect(at, tlsExpectation(offer));
}

function connect(draft: Draft, at: SessionNumber): void {
  draft.say(at, '<connect>');
  const session = draft.sessions[at];
  Object.assign(session, { open: true, tls: draft.encryption === 'implicit' });
  if (session.tls) draft.say(at, '<TLS handshake>');
  draft.expect(at, inMaintenance(draft) ?? { reply: '220 *', rule: 'protocol.greeting' });
}

function hello(
  draft: Draft,
  at: SessionNumber,
  verb: 'EHLO' | 'HELO',
  name: Extract<Step, { kind: 'hello' }>['name'] = 'client.example',
): void {
  const session = draft.sessions[at];
  const isBad = name === 'bücher.example' || name === 'two words';
  const naming = name === 'client.example' ? 'protocol.greeting' : 'protocol.hello-name';
  const refused = inMaintenance(draft) ?? (isBad ? { reply: '501 *', rule: naming } : undefined);
  draft.exchange(at, `${verb} ${name}`, refused ?? { reply: '250 *', rule: naming });
  if (refused !== undefined) return;
  session.hello = true;
  session.transaction = undefined;
  if (verb === 'HELO') return;
  const auth = session.login === undefined ? ['PLAIN', 'LOGIN'] : [];
  for (const mechanism of auth) {
    const rule = mechanism === 'LOGIN' ? 'auth.mechanisms.login' : 'tls.auth-everywhere';
    draft.expect(at, { reply: `<offers AUTH ${mechanism}>`, rule });
  }
  draft.expect(at, { reply: '<does not offer ENHANCEDSTATUSCODES>', rule: 'reply.no-enhanced-promise' });
  // on 465 there is none either way
  const offered = !session.tls;
  draft.expect(at, {
    reply: `<${offered ? 'offers' : 'does not offer'} STARTTLS>`,
    rule: offered ? 'port.starttls' : 'tls.no-starttls-inside',
  });
}

function starttls(draft: Draft, { at, commandBehind, tls }: Extract<Step, { kind: 'starttls' }>): void {
  const session = draft.sessions[at];
  const refused = inMaintenance(draft);
  if (refused !== undefined || session.tls) {
    draft.exchange(at, 'STARTTLS', refused ?? { reply: '5xx *', rule: 'tls.no-starttls-inside' });
    return;
  }
  // before EHLO nothing has said that it may come
  if (!session.hello) return;
  if (commandBehind) {
    draft.say(at, String.raw`STARTTLS\r\nNOOP\r\n`, '>');
    draft.expect(at, { reply: '220 *', rule: 'port.starttls' });
    draft.say(at, '<TLS handshake or close>');
    draft.expect(at, { reply: '<nothing more>', rule: 'tls.starttls-resets' });
    draft.say(at, '<close>');
    draft.forget(at);
    return;
  }
  draft.exchange(at, 'STARTTLS', { reply: '220 *', rule: 'port.starttls' });
  draft.say(at, tls === undefined ? '<TLS handshake>' : `<TLS handshake with ${tls}>`);
  if (tls !== undefined) draft.expect(at, tlsExpectation(tls));
  if (tls !== undefined && !isOffered(tls)) return draft.forget(at);
  Object.assign(session, {
    tls: true,
    hello: false,
    login: undefined,
    transaction: undefined,
    nobodyFailed: 0,
  });
  // what was known before shows only in what is allowed now
  hello(draft, at, 'EHLO');
  draft.exchange(at, mailCommand(ownMail), mailReply(draft, at, ownMail));
}
