import type { Port } from '../../contract/modes.ts';
import { bodyOf, ControlApiError, type ControlClient } from '../../control-api/client.ts';
import type { Email } from '../../control-api/history-schemas.ts';
import type { Account, Connection, Gateway } from '../../control-api/schemas.ts';
import type { PlannedAccounts } from './account-setups.ts';
import { caseTokens } from './case-tokens.ts';
import { readBack } from './read-back.ts';
import { loginChoices, type LoginChoice } from '../situation/given.ts';
import type { WorldChange } from '../situation/world-change.ts';
import type {
  AccountObservation,
  Credentials,
  Done,
  Endpoint,
  HistoryRow,
  Observation,
  ReadBack,
  ReadBackRequest,
  Situation,
} from './target.ts';
import type { HistoryFilter } from '../situation/history-filter.ts';

/** What a situation is made of once its accounts exist. */
export interface GauntletParts {
  readonly client: ControlClient;
  readonly gateway: Gateway;
  readonly plan: PlannedAccounts;
  readonly unique: string;
  readonly first: Account;
  readonly other: Account | undefined;
}

/** A login of the case: its connection, and the account as it was when the case began. */
interface CaseLogin {
  readonly account: Account;
  readonly connection: Connection;
}

type HistoryQuery = Parameters<ControlClient['accounts'][':account']['history']['$get']>[0]['query'];

/** Milliseconds of one look at the work under way, and looks after which it must have moved: others come before it. */
const SETTLED_LOOK_MS = 10_000;
const LOOKS_WITHOUT_MOVE = 6;

const DONE: Done = { kind: 'done' };

/** One case's accounts under the control API; they are deleted with it. */
export class GauntletSituation implements Situation {
  readonly ownsAddresses = true;
  readonly tokens = caseTokens((login) => ({ client: this.#parts.client, owner: this.#logins.get(login) }));
  readonly #parts: GauntletParts;
  readonly #logins = new Map<LoginChoice, CaseLogin>();
  readonly #old = new Map<LoginChoice, Credentials>();
  #unknownLogins = 0;

  constructor(parts: GauntletParts) {
    this.#parts = parts;
    for (const account of [parts.first, ...(parts.other === undefined ? [] : [parts.other])]) {
      for (const connection of account.connections) {
        const choice = loginChoices.find((login) => login === connection.name);
        if (choice !== undefined) this.#logins.set(choice, { account, connection });
      }
    }
  }

  get sender(): string {
    return this.#parts.plan.sender;
  }

  get recipients(): ReadonlyMap<string, string> {
    return this.#parts.plan.recipients;
  }

  endpoint(port: Port): Endpoint | undefined {
    const { first, gateway } = this.#parts;
    const listeners = first.listeners.length > 0 ? first.listeners : gateway.listeners;
    const listener = listeners.find((candidate) => candidate.port === port);
    return (
      listener && {
        host: listener.host,
        port: listener.number,
        servername: gateway.name,
        certificateAuthority: gateway.certificateAuthority,
      }
    );
  }

  credentials(login: LoginChoice): Credentials | undefined {
    return this.#logins.get(login)?.connection;
  }

  oldCredentials(login: LoginChoice = 'first'): Credentials | undefined {
    return this.#old.get(login);
  }

  unknownLogin(): string {
    this.#unknownLogins += 1;
    return `nobody-${this.#parts.unique}-${this.#unknownLogins}`;
  }

  async change(change: WorldChange): Promise<Done> {
    const { client, plan } = this.#parts;
    const account = client.accounts[':account'];
    const choice = ('login' in change ? change.login : undefined) ?? 'first';
    const login = this.#logins.get(choice);
    const param = { account: login?.account.id ?? this.#parts.first.id };
    const ofDomain = { ...param, domain: plan.senderDomain };
    const ofLogin = { ...param, connection: login?.connection.id ?? '' };
    switch (change.kind) {
      case 'balance':
        await bodyOf(account.balance.$put({ param, json: { sends: change.sends } }));
        return DONE;
      case 'maintenance':
        await bodyOf(account.maintenance.$put({ param, json: { on: change.on } }));
        return DONE;
      case 'block':
        await bodyOf(
          account.connections[':connection'].block.$put({
            param: ofLogin,
            json: { blocked: change.blocked },
          }),
        );
        return DONE;
      case 'new-password':
        if (login === undefined) return { kind: 'not-arranged', missing: `the ${choice} login` };
        this.#old.set(choice, login.connection);
        this.#logins.set(choice, {
          ...login,
          connection: await bodyOf(account.connections[':connection'].password.$post({ param: ofLogin })),
        });
        return DONE;
      case 'verify-domain':
        await bodyOf(account.domains[':domain'].verify.$post({ param: ofDomain }));
        return DONE;
      case 'recipient': {
        const address = plan.recipients.get(change.name) ?? change.name;
        await bodyOf(account.recipients.$put({ param, json: { address, role: change.role } }));
        return DONE;
      }
      case 'mailbox':
        await bodyOf(account.mailbox.$put({ param, json: { up: change.up } }));
        return DONE;
      case 'settled':
        await this.settle();
        return DONE;
      case 'buy': {
        const json = { kind: change.plan, sends: change.sends };
        await bodyOf(account.purchases.$post({ param, header: {}, json }));
        return DONE;
      }
      case 'record': {
        const json = { kind: change.record, published: change.published };
        await bodyOf(account.domains[':domain'].records.$put({ param: ofDomain, json }));
        return DONE;
      }
    }
  }

  async passTime(passes: { readonly ms: number } | { readonly until: string }): Promise<Done> {
    const json = 'ms' in passes ? { advanceMs: passes.ms } : { to: passes.until };
    for (const account of this.#accountIds()) {
      await bodyOf(this.#parts.client.accounts[':account'].clock.$post({ param: { account }, json }));
    }
    return DONE;
  }

  async settle(): Promise<void> {
    for (const account of this.#accountIds()) await this.#settleAccount(account);
  }

  /** Waits as long as the work under way moves: what is told of it must have changed since the last time. */
  async #settleAccount(account: string): Promise<void> {
    const { settled } = this.#parts.client.accounts[':account'];
    let before: string | undefined;
    for (let looks = 0; ; looks += 1) {
      try {
        await bodyOf(settled.$post({ param: { account }, json: { timeoutMs: SETTLED_LOOK_MS } }));
        return;
      } catch (fault) {
        const isBusy = fault instanceof ControlApiError && fault.code === 'not-settled';
        if (!isBusy) throw fault;
        if (fault.message !== before) looks = 0;
        else if (looks >= LOOKS_WITHOUT_MOVE) throw fault;
        before = fault.message;
      }
    }
  }

  async observe(wanted: readonly LoginChoice[] = []): Promise<Observation> {
    const { first, other } = this.#parts;
    const others = new Map<LoginChoice, AccountObservation>();
    for (const [choice, login] of this.#logins) {
      if (wanted.includes(choice))
        others.set(choice, await this.#observeAccount(login.account, login.connection));
    }
    return {
      ...(await this.#observeAccount(first, this.#logins.get('first')?.connection)),
      otherHistory: other === undefined ? [] : await this.#historyOf(other.id),
      others,
    };
  }

  async #observeAccount(
    before: Account,
    login: { readonly id: string } | undefined,
  ): Promise<AccountObservation> {
    const account = await bodyOf(
      this.#parts.client.accounts[':account'].$get({ param: { account: before.id } }),
    );
    return {
      charged: account.charged - before.charged,
      balance: account.balance,
      history: await this.#historyOf(before.id),
      status: account.connections.find(({ id }) => id === login?.id)?.status,
      suppressed: account.suppressionList,
      statistics: await this.#statistics(before.id),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // one that cannot be deleted keeps none of the others
    const deleted = await Promise.allSettled(
      this.#accountIds().map((account) =>
        this.#parts.client.accounts[':account'].$delete({ param: { account } }),
      ),
    );
    const faults: readonly unknown[] = deleted.flatMap((one) =>
      one.status === 'rejected' ? [one.reason] : [],
    );
    if (faults.length === 0) return;
    const why = faults.map((fault) => (fault instanceof Error ? fault.message : String(fault)));
    throw new AggregateError(faults, `The accounts of the case could not be deleted: ${why.join(', ')}`);
  }

  filteredHistory(
    { status, from, to }: HistoryFilter,
    login: LoginChoice = 'first',
  ): Promise<readonly HistoryRow[]> {
    return this.#historyOf((this.#logins.get(login)?.account ?? this.#parts.first).id, {
      ...(status && { status }),
      ...(from && { from: new Date(from).toISOString() }),
      ...(to && { to: new Date(to).toISOString() }),
    });
  }

  readBack(request: ReadBackRequest): Promise<ReadBack> {
    return readBack(
      {
        client: this.#parts.client,
        account: this.#parts.first.id,
        rowOf: (email) => this.#rowOf(email),
        connectionId: (shown) =>
          [...this.#logins].find(([choice]) => choice === shown)?.[1].connection.id ?? shown,
      },
      request,
    );
  }

  /** All rows, page by page. */
  async #historyOf(account: string, filter: HistoryQuery = {}): Promise<readonly HistoryRow[]> {
    const rows: HistoryRow[] = [];
    let cursor: string | undefined;
    do {
      const page = await bodyOf(
        this.#parts.client.accounts[':account'].history.$get({
          param: { account },
          query: { ...filter, limit: '1000', ...(cursor && { cursor }) },
        }),
      );
      rows.push(...page.emails.map((email) => this.#rowOf(email)));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return rows;
  }

  #rowOf({ connection, reason, ...row }: Email): HistoryRow {
    const choice = [...this.#logins].find(([, login]) => login.connection.id === connection)?.[0];
    return { ...row, reason: reason ?? undefined, connection: choice ?? connection };
  }

  async #statistics(account: string): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
    const { days } = await bodyOf(
      this.#parts.client.accounts[':account'].statistics.$get({ param: { account }, query: {} }),
    );
    return new Map(
      days.map(({ day, counts }) => [
        day,
        new Map(
          Object.entries(counts).flatMap(([status, count]) => (count === undefined ? [] : [[status, count]])),
        ),
      ]),
    );
  }

  #accountIds(): readonly string[] {
    const { first, other } = this.#parts;
    return other === undefined ? [first.id] : [first.id, other.id];
  }
}
