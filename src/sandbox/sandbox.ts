/**
 * The gateway that keeps the promise: one sandbox, its parts wired, started and stopped. Whatever is decided is decided
 * in `policy`; whatever is remembered is in `store`.
 */
import type { Session } from '../control-api/history-schemas.ts';
import type { SuiteCase } from '../control-api/report-schemas.ts';
import { createSecretBook } from '../smtp/secret-book.ts';
import { clockTime, createGatewayClock, machineTime, type SandboxTime } from './clock.ts';
import {
  DataFolderError,
  databaseLocation,
  loadKeys,
  writeCertificateAuthority,
  type DataLocation,
  withOwnKeys,
} from './data-folder.ts';
import { isLoopback } from './control/access.ts';
import { openControl, type ControlConfiguration } from './control/open-control.ts';
import type { SandboxOperations } from './control/operations.ts';
import { createDkimKey } from './domains/domain-records.ts';
import { realResolver } from './domains/resolver.ts';
import {
  createAuthority,
  createServerCertificate,
  gatewayNames,
  serialNumber,
} from './gateway/certificate.ts';
import { createFailedNames } from './gateway/failed-names.ts';
import { openGateway } from './gateway/gateway.ts';
import { freePorts, type ListenerAddress, type PortNumbers } from './gateway/listeners.ts';
import {
  createTranscriptRecorder,
  defaultBounds,
  type TranscriptRecorder,
} from './gateway/transcript-recorder.ts';
import { createTokenBook } from './gateway/token-book.ts';
import { createTriggerBook } from './gateway/trigger-book.ts';
import { plainWire, type Wire } from './gateway/wire.ts';
import { openOwnListeners } from './operations/account-operations.ts';
import { createEventLog, type AccountEvent } from './operations/event-log.ts';
import { publishingRecorder, publishingStore } from './operations/publishing.ts';
import type { MailboxPages, OperationParts } from './operations/operation-parts.ts';
import { openReportFolder } from './operations/report-folder.ts';
import { createOperations } from './operations/operations.ts';
import type { Choices } from './policy/choices.ts';
import type { Policy } from './policy/policy.ts';
import { carriedTriggers } from './policy/triggers.ts';
import { defaultProvider } from './default-provider.ts';
import type { SandboxProvider } from './policy/provider.ts';
import { createRandomness } from './randomness.ts';
import { openSmarthostWriter, type SmarthostWriter } from './relay/smarthost.ts';
import { createPacing } from './relay/pacing.ts';
import { startHousekeeping } from './relay/housekeeping.ts';
import { startRelay } from './relay/relay.ts';
import { createSealer, noteSecrets, sameSecret } from './store/sealer.ts';
import { StoreError } from './store/sqlite-database.ts';
import { openSqliteStore } from './store/sqlite-store.ts';
import type { ClockState } from './store/account-record.ts';
import type { Store } from './store/store.ts';

/** The seams at which a part can be put in place of our own: for proof, never for production. */
export interface SandboxParts {
  readonly policy?: (own: Policy) => Policy;
  readonly store?: (own: Store) => Store;
  readonly writer?: (own: SmarthostWriter) => SmarthostWriter;
  readonly recorder?: (own: TranscriptRecorder) => TranscriptRecorder;
  readonly wire?: (own: Wire) => Wire;
  readonly time?: (own: SandboxTime) => SandboxTime;
}

/** What a sandbox is made of; all of it may be left out but where mail goes. */
export interface SandboxConfiguration {
  /** Whose gateway it is; the first provider's where left out. */
  readonly provider?: SandboxProvider;
  /** Where delivered mail ends. */
  readonly smarthost: { readonly host: string; readonly port: number };
  /**
   * The address on which all SMTP listeners listen; both loopback addresses where left out. Beyond loopback the control API
   * must have a token.
   */
  readonly host?: string;
  /** Numbers of the shared listeners; free ones where left out. */
  readonly ports?: PortNumbers;
  readonly control?: ControlConfiguration;
  /** Names and addresses under which it is reached beyond loopback: the control API answers to them, certificates carry them. */
  readonly names?: readonly string[];
  readonly choices?: Partial<Choices>;
  /** Where domains are checked: in the sandbox's own DNS, or in the real one. */
  readonly dns?: 'sandbox' | 'real';
  /** Folder that keeps the state over a restart; without one all is in memory. Not together with `seed`. */
  readonly data?: string;
  /** Milliseconds for which the body of a message is kept once its last email is final; 0 where nothing is said. */
  readonly keepMs?: number;
  /**
   * Seed of all that looks random. Not together with `data`: the next start would make the same ids once more, and seal
   * other passwords with the same nonces.
   */
  readonly seed?: string;
  /** Writes a session as the text of a scenario file, for those who ask the control API; without it nobody can. */
  readonly scenarioOf?: (session: Session) => Promise<string>;
  /** The pages of the mailbox in which delivered mail ends, for a link to them. */
  readonly mailboxPages?: MailboxPages;
  /** Folder with HTML reports, which the control API lists and shows; it may come later. Without one there are none. */
  readonly reports?: string;
  /** Reads the scenarios of the suite, in the order of their ids, once somebody asks; without it there are none. */
  readonly suite?: () => Promise<readonly SuiteCase[]>;
  readonly version?: string;
  readonly parts?: SandboxParts;
  /** Hears of faults of the program, which no client is told. */
  readonly onFault?: (fault: unknown) => void;
  /** Hears at once what happens in any account. */
  readonly onEvent?: (account: string, event: AccountEvent) => void;
  /** Hears what is not as it was asked for, though the sandbox goes on: one sentence each. */
  readonly onNotice?: (sentence: string) => void;
}

/** A sandbox that is up. */
export interface Sandbox extends AsyncDisposable {
  readonly addresses: readonly ListenerAddress[];
  readonly controlUrl: string;
  /** PEM; the only root that its clients need to trust. */
  readonly certificateAuthority: string;
  readonly operations: SandboxOperations;
  readonly seed: string;
}

/** Starts a sandbox; it is ready when this resolves, and ends with `await using` or its dispose method. */
export async function createSandbox(configuration: SandboxConfiguration): Promise<Sandbox> {
  if (configuration.seed !== undefined && configuration.data !== undefined) {
    throw new TypeError(
      'A sandbox with both `seed` and `data` would make the same ids and nonces again after a restart; leave out one of them.',
    );
  }
  const { host } = configuration;
  if (host !== undefined && !isLoopback(host) && configuration.control?.token === undefined)
    throw new TypeError(`SMTP may not listen on ${host} while the control API has no token.`);
  const { parts = {}, onFault = () => undefined, onNotice = () => undefined } = configuration;
  const { provider = defaultProvider } = configuration;
  const { gatewayName, modes } = provider.contract;
  const choices = { ...provider.choices, ...configuration.choices };
  const { wall: wallClock, elapsed, pause } = wrap(machineTime, parts.time);
  const randomness = createRandomness(configuration.seed);
  await using opened = new AsyncDisposableStack();
  const data: DataLocation =
    configuration.data === undefined ? { kind: 'memory' } : { kind: 'folder', path: configuration.data };
  const serial = () => serialNumber(randomness.octets(15));
  const keys = await loadKeys(data, async () => ({
    sealingKey: Buffer.from(randomness.octets(32)).toString('base64'),
    dkimKey: createDkimKey(),
    authority: await createAuthority(wallClock.now(), serial),
  }));
  const names = (configuration.names ?? []).map((name) => name.replace(/^\[(.*)\]$/, '$1'));
  const certificate = await createServerCertificate(keys.authority, wallClock.now(), serial, {
    gatewayName,
    names: [...gatewayNames(gatewayName), ...names],
  });
  const clock = createGatewayClock(wallClock);
  const accountNow = (state: ClockState) => clockTime(state, clock.now());
  const log = createEventLog(configuration.onEvent);
  const store = opened.use(publishingStore(wrap(openStore(data), parts.store), log, accountNow));
  const secrets = createSecretBook();
  if (configuration.control?.token !== undefined) secrets.add(configuration.control.token);
  const ownSealer = createSealer(Buffer.from(keys.sealingKey, 'base64'), randomness.octets);
  const sealedBefore = await store.listSealedPasswords();
  const sealer = withOwnKeys(data, () => noteSecrets(ownSealer, sealedBefore, secrets));
  await writeCertificateAuthority(data, keys.authority.certificate);
  const policy = wrap(provider.policy, parts.policy);
  const writer = wrap(openSmarthostWriter(configuration.smarthost, gatewayName), parts.writer);
  const ownRecorder = createTranscriptRecorder(() => elapsed.now(), defaultBounds, secrets);
  const recorder = publishingRecorder(wrap(ownRecorder, parts.recorder), log);
  const triggers = createTriggerBook();
  const tokens = createTokenBook((token) => secrets.add(token));
  const relay = opened.use(
    startRelay({
      store,
      writer,
      policy,
      choices,
      pacing: createPacing(),
      accountNow,
      wallClock,
      pause,
      onFault,
    }),
  );
  opened.use(startHousekeeping({ store, wallClock, keepMs: configuration.keepMs ?? 0, onFault }));
  const gateway = opened.use(
    await openGateway(
      {
        name: gatewayName,
        ports: [...new Set(modes.map(({ port }) => port))],
        host: configuration.host,
        policy,
        store,
        recorder,
        triggers,
        carriedTriggers: carriedTriggers(provider.contract),
        wire: wrap(plainWire(modes), parts.wire),
        clock,
        elapsed: () => elapsed.now(),
        pause,
        wallClock,
        accountNow,
        choices,
        matchesPassword: (sealed, password) => sameSecret(sealer.open(sealed), password),
        tokens,
        failedNames: createFailedNames({
          namesOfAnAddress: 1_000,
          addresses: 1_000,
          windowMs: choices.loginWindowMs,
        }),
        newId: randomness.id,
        emailIdsAt: (time) => randomness.idsAt('email-', time),
        onQueued: relay.arrived,
        onFault,
      },
      certificate,
      configuration.ports ?? freePorts,
    ),
  );
  const certificateAuthority = keys.authority.certificate;
  const operationParts = {
    provider,
    store,
    gateway,
    relay,
    log,
    recorder,
    triggers,
    tokens,
    sealer,
    randomness,
    clock,
    wallClock,
    choices,
    keys: { authority: keys.authority, certificate },
    serial,
    dkimKey: keys.dkimKey,
    resolver: configuration.dns === 'real' ? realResolver : undefined,
    certificateAuthority,
    keepMs: configuration.keepMs ?? 0,
    scenarioOf: configuration.scenarioOf,
    mailboxPages: configuration.mailboxPages,
    reports:
      configuration.reports === undefined
        ? undefined
        : opened.use(openReportFolder(configuration.reports, () => log.publishToAll({ kind: 'reports' }))),
    suite: configuration.suite ?? (() => Promise.resolve([])),
    version: configuration.version ?? 'unreleased',
  };
  const operations = createOperations(operationParts);
  await reopenOwnListeners(operationParts, onNotice);
  const control = opened.use(
    await openControl(operations, configuration.control ?? {}, names, operationParts.version, onFault),
  );
  const all = opened.move();

  return {
    addresses: gateway.addresses,
    controlUrl: control.url,
    certificateAuthority,
    operations,
    seed: randomness.seed,
    // in the order opposite to their opening: nothing new comes in, then what is under way ends
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** What an account had for itself before a restart it has again; where it cannot, all others have theirs. */
async function reopenOwnListeners(
  parts: OperationParts,
  onNotice: (sentence: string) => void,
): Promise<void> {
  for (const account of await parts.store.listOwnListenerAccounts()) {
    await openOwnListeners(parts, account).catch((fault: unknown) => {
      const why = fault instanceof Error ? fault.message : String(fault);
      onNotice(`Account ${account} has no listeners of its own until the next start: ${why}`);
    });
  }
}

function wrap<Part>(own: Part, wrapper: ((own: Part) => Part) | undefined): Part {
  return wrapper === undefined ? own : wrapper(own);
}

/** The store of a place; throws {@link DataFolderError} where it cannot be used. */
function openStore(data: DataLocation): Store {
  try {
    return openSqliteStore(databaseLocation(data));
  } catch (fault) {
    throw fault instanceof StoreError ? new DataFolderError(fault.message, { cause: fault }) : fault;
  }
}
