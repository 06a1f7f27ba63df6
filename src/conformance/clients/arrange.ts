/** A fresh account for each case, arranged and observed through the control API alone. */
import { modeOf, type Contract } from '../../contract/contract.ts';
import type { Mode, ModeEntry } from '../../contract/modes.ts';
import { authMechanisms, tokenScope } from '../../contract/vocabulary.ts';
import { bodyOf, type ControlClient } from '../../control-api/client.ts';
import { readSessions } from '../../control-api/read-sessions.ts';
import type { Session as Transcript } from '../../control-api/history-schemas.ts';
import type { Account, AccountSetup } from '../../control-api/schemas.ts';
import type { Arrangement, ClientCase, Forced } from './client-case.ts';
import type { Order } from './order.ts';
import type { TokenDesk, TokenPlace } from './token-desk.ts';

/** What the check is told of the gateway and the client. */
export interface Surroundings {
  readonly client: ControlClient;
  /** PEM of the root, and a file that holds it. */
  readonly ca: string;
  readonly caFile: string;
  /** What the client is told to connect to, and what the gateway is called. */
  readonly host: string;
  readonly serverName: string;
  /** The promise that the client is checked against, and one of its modes. */
  readonly contract: Contract;
  readonly mode: Mode;
  /** Seconds that each mail is watched. */
  readonly patience: number;
  /** Milliseconds that count as a second. */
  readonly second: number;
  /** Where clients ask for new access tokens. */
  readonly tokenDesk: TokenDesk;
  /** A word that no other run has. */
  readonly unique: string;
}

/** The mode in which a client is told to send in a case. */
function modeOfCase(
  one: Pick<ClientCase, 'tls'>,
  { contract, mode }: Pick<Surroundings, 'contract' | 'mode'>,
): ModeEntry {
  const chosen = modeOf(contract, mode);
  if (one.tls === 'chosen') return chosen;
  return contract.modes.find(({ encryption }) => encryption === one.tls) ?? chosen;
}

/** A case that is ready for the client. */
export interface Arranged extends AsyncDisposable {
  readonly order: Order;
  /** The sender's address alone. */
  readonly from: string;
  /** When the client asked for a new access token, on the clock of the check. */
  readonly tokenRequests: readonly number[];
  /** Texts that no report may show. */
  secrets(): readonly string[];
  /** The sends deducted so far, and what the wire shows, which may be a moment further. */
  observe(): Promise<{ readonly transcripts: readonly Transcript[]; readonly charged: number }>;
}

/** Creates the account of a case with all that it needs. Throws where the control API refuses. */
export async function arrangeCase(one: ClientCase, around: Surroundings): Promise<Arranged> {
  const { client, unique } = around;
  const word = `${one.id}-${unique}`;
  const domain = `${word}.shop.example`;
  const from = `orders@${domain}`;
  const fill = (address: string) =>
    address.replaceAll('{domain}', `${word}.example`).replaceAll('{sender}', domain);
  const named =
    one.mail.to ?? ['first', 'second', 'third'].slice(0, one.recipients).map((name) => `${name}@{domain}`);
  const to = named.map(fill);
  const setup = setupOf(one.arrange, { domain, from, to });
  const account = await bodyOf(client.accounts.$post({ json: setup }));
  const param = { account: account.id };
  let tokens: { readonly access: string; readonly place: TokenPlace } | undefined;
  const remove = async () => {
    tokens?.place.close();
    await client.accounts[':account'].$delete({ param });
  };
  try {
    for (const forced of one.arrange.forced ?? []) {
      const json = triggerOf(forced, to, around, modeOfCase(one, around).encryption);
      await bodyOf(client.accounts[':account'].triggers.$post({ param, json }));
    }
    if (one.arrange.tokens !== undefined) tokens = await openTokens(one.arrange.tokens, account, around);
    const order = orderOf(
      one,
      account,
      {
        from: one.mail.from === undefined ? from : fill(one.mail.from),
        to,
        bcc: one.mail.bcc.map(fill),
        subject: fill(one.mail.subject),
        fromName: fill(one.mail.fromName),
        text: fill(one.mail.text),
        mails: one.mail.count,
        dsn: one.mail.dsn ?? [],
        token: tokens && { access: tokens.access, url: tokens.place.url },
      },
      around,
    );
    return {
      order,
      tokenRequests: tokens?.place.asked ?? [],
      secrets: () => [
        order.password,
        ...(tokens === undefined ? [] : [tokens.access, ...tokens.place.given]),
      ],
      from,
      observe: async () => {
        // in this order, or a mail that comes between would be charged and not seen
        const { charged } = await bodyOf(client.accounts[':account'].$get({ param }));
        const sessions = await readSessions(client, account.id);
        return { transcripts: await withWholeMessages(client, account.id, sessions), charged };
      },
      [Symbol.asyncDispose]: remove,
    };
  } catch (fault) {
    await remove();
    throw fault;
  }
}

/** Transcripts keep the beginning of a long message; the account keeps all of what it took. */
async function withWholeMessages(
  client: ControlClient,
  account: string,
  transcripts: readonly Transcript[],
): Promise<readonly Transcript[]> {
  const long = transcripts
    .flatMap(({ entries }) => entries)
    .find((entry) => entry.kind === 'wire' && entry.size !== undefined);
  if (long === undefined) return transcripts;
  const { emails } = await bodyOf(
    client.accounts[':account'].history.$get({ param: { account }, query: { limit: '1' } }),
  );
  const [email] = emails;
  if (email === undefined) return transcripts;
  const raw = await client.accounts[':account'].emails[':email'].raw.$get({
    param: { account, email: email.id },
  });
  if (!raw.ok) return transcripts;
  const octets = Buffer.from(await raw.arrayBuffer()).toString('latin1');
  return transcripts.map((transcript) => ({
    ...transcript,
    entries: transcript.entries.map((entry) => {
      if (entry !== long || entry.kind !== 'wire' || entry.size !== octets.length) return entry;
      const { size: _, ...rest } = entry;
      return { ...rest, octets };
    }),
  }));
}

/** An access token that has expired, and a place at which new ones are had. */
async function openTokens(
  kind: NonNullable<Arrangement['tokens']>,
  account: Account,
  { client, tokenDesk }: Surroundings,
): Promise<{ readonly access: string; readonly place: TokenPlace }> {
  const param = { account: account.id, connection: account.connections[0]?.id ?? '' };
  const issue = async (json: { readonly scopes: string[]; readonly expiresInMs: number }) => {
    const { tokens } = client.accounts[':account'].connections[':connection'];
    return (await bodyOf(tokens.$post({ param, json }))).token;
  };
  const access = await issue({ scopes: [tokenScope], expiresInMs: 0 });
  const scopes = kind === 'none is good' ? ['smtp.read'] : [tokenScope];
  const place = tokenDesk.open(() => issue({ scopes: [...scopes], expiresInMs: 3_600_000 }));
  return { access, place };
}

function setupOf(
  { domain: state = 'verified', unsubscribed = [], limits, password, tokens }: Arrangement,
  { domain, from, to }: { readonly domain: string; readonly from: string; readonly to: readonly string[] },
): AccountSetup {
  return {
    balance: 1_000,
    domains: [{ name: domain, state }],
    connections: [{ name: 'client', sender: from, ...(password !== undefined && { password }) }],
    recipients: unsubscribed.map((index) => ({ address: to[index] ?? '', role: 'suppressed' })),
    listeners: 'own',
    ...(limits && { limits }),
    ...(tokens && { authMechanisms: [...authMechanisms] }),
  };
}

type TriggerInput = Parameters<ControlClient['accounts'][':account']['triggers']['$post']>[0]['json'];

function triggerOf(
  forced: Forced,
  to: readonly string[],
  { second, patience }: Pick<Surroundings, 'second' | 'patience'>,
  tls: Order['tls'],
): TriggerInput {
  const delay = typeof forced.delay === 'function' ? forced.delay(patience) : forced.delay;
  const recipient = forced.recipient === undefined ? undefined : to[forced.recipient];
  return {
    stage: forced.stage,
    match: {
      ...(recipient !== undefined && { recipient }),
      ...(forced.when !== undefined && { tls: forced.when === 'as told' ? tls !== 'none' : false }),
    },
    ...(forced.reply !== undefined && { reply: forced.reply }),
    ...(forced.after !== undefined && { after: forced.after }),
    ...(forced.times !== undefined && { times: forced.times }),
    ...(delay !== undefined && { delayMs: Math.round(delay * second) }),
    ...(forced.drop !== undefined && { drop: forced.drop }),
    ...(forced.tls !== undefined && { tls: forced.tls }),
    ...(forced.carriedOut !== undefined && { carriedOut: forced.carriedOut }),
    ...(forced.split !== undefined && { split: forced.split }),
  };
}

function orderOf(
  one: ClientCase,
  account: Account,
  mail: Pick<Order, 'from' | 'to' | 'bcc' | 'subject' | 'fromName' | 'text' | 'mails' | 'dsn' | 'token'>,
  around: Surroundings,
): Order {
  const { ca, caFile, host, serverName } = around;
  const { port, encryption: tls } = modeOfCase(one, around);
  const listener = account.listeners.find((each) => each.port === port);
  const [connection] = account.connections;
  if (listener === undefined || connection === undefined) {
    throw new TypeError('The gateway gave the account no listeners of its own.');
  }
  return {
    case: one.id,
    host,
    serverName,
    port: listener.number,
    user: connection.login,
    password: connection.password,
    tls,
    ca,
    caFile,
    ...mail,
  };
}
