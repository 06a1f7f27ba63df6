/** The whole check of one client, however it is launched, against whichever gateway has the control API. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contract } from '../../contract/contract.ts';
import type { Mode } from '../../contract/modes.ts';
import { bodyOf, ControlApiError, openControlClient, type ControlClient } from '../../control-api/client.ts';
import { gatewaySchema, type Gateway } from '../../control-api/schemas.ts';
import { makeCard, type Card } from './card/card.ts';
import { clientCasesOf } from './cases/all-cases.ts';
import { nuisanceCase } from './cases/nuisance.ts';
import { machineTime } from './check-time.ts';
import { checkClients } from './check-clients.ts';
import type { Launcher } from './launchers/launcher.ts';
import { functionLauncher, type SendFunction } from './launchers/function-launcher.ts';
import type { Profile } from './facts.ts';
import type { GradedCase } from './graded-case.ts';
import type { Library } from './library.ts';
import { isCertifiedFor, isLocalName, LOCAL_NAME, machineNames } from './server-name.ts';
import { openTokenDesk, type TokenDesk } from './token-desk.ts';
import { openTemporaryFolder } from './temporary-folder.ts';

/** Something that keeps the check from being made at all, in a sentence. */
export class ClientCheckError extends Error {
  override readonly name = 'ClientCheckError';
}

/** What is checked; all but the first two have a default. */
export interface ClientCheck {
  /** The base URL of the control API of a sandbox, and its token where it wants one. */
  readonly controlApi: string;
  readonly token?: string;
  /** Sends one mail, as the client under check does it. */
  readonly send: SendFunction;
  /** What the card calls the client. */
  readonly client?: string;
  /** The promise that it is checked against. */
  readonly contract: Contract;
  /** The port and encryption that it is told to use, a mode of the contract; its first with STARTTLS unless said. */
  readonly mode?: Mode;
  /** `queue` for what hands mail to a queue that works on by itself; `call` unless said. */
  readonly profile?: Profile;
  /** Seconds that each mail is watched; 20 unless said. */
  readonly patience?: number;
  /** Ids of the cases; all unless said. */
  readonly cases?: readonly string[];
  /** A share of commands, 0 to 1, that are refused for now at random in one case more; and the seed of that. */
  readonly nuisance?: { readonly share: number; readonly seed: string };
  /** Cases side by side; 8 unless said. */
  readonly jobs?: number;
  readonly signal?: AbortSignal;
  readonly onGraded?: (graded: GradedCase) => void;
  /** Told whenever a case begins or ends: the ids of those that are still watched. */
  readonly onWatching?: (ids: readonly string[]) => void;
}

/** Seconds that a client is watched unless somebody asks for more. */
export const DEFAULT_PATIENCE = 20;
/** Cases side by side unless somebody asks for more or fewer. */
export const DEFAULT_JOBS = 8;

/** Checks a client and makes its card. Throws {@link ClientCheckError} where there is nothing to check, or no gateway. */
export function checkClient({ send, ...check }: ClientCheck): Promise<Card> {
  return checkThrough(functionLauncher(send), check);
}

/** The same by any launcher. */
export async function checkThrough(
  launch: Launcher,
  check: Omit<ClientCheck, 'send'> & { readonly library?: Library | undefined },
): Promise<Card> {
  const { contract, profile = 'call', patience = DEFAULT_PATIENCE, client = 'client' } = check;
  const mode = chooseMode(check);
  const cases = chooseCases(check);
  const startedAt = new Date();
  await using around = await openSurroundings(check);
  const graded = await checkClients({
    around: { ...around, contract, mode, patience, second: 1_000, unique: startedAt.getTime().toString(36) },
    launch,
    library: check.library,
    cases,
    profile,
    patience: patience * 1_000,
    jobs: check.jobs ?? DEFAULT_JOBS,
    time: machineTime,
    signal: check.signal ?? new AbortController().signal,
    onGraded: check.onGraded ?? (() => undefined),
    onWatching: check.onWatching,
  });
  const head = {
    client,
    gauntlet: around.version,
    startedAt: startedAt.toISOString(),
    mode,
    profile,
    patience,
    ...(check.nuisance && { seed: check.nuisance.seed }),
  };
  return makeCard(head, graded);
}

/** The cases that were asked for; throws {@link ClientCheckError} for a name that none has. */
export function chooseCases({
  contract,
  cases,
  nuisance,
}: Pick<ClientCheck, 'contract' | 'cases' | 'nuisance'>) {
  const all = [
    ...clientCasesOf(contract),
    ...(nuisance === undefined ? [] : [nuisanceCase(nuisance.share, nuisance.seed)]),
  ];
  const unknown = cases?.find((id) => !all.some((one) => one.id === id));
  if (unknown !== undefined) {
    throw new ClientCheckError(
      `"${unknown}" is no case. The cases are ${all.map(({ id }) => id).join(', ')}.`,
    );
  }
  return cases === undefined ? all : all.filter(({ id }) => cases.includes(id));
}

/** The mode that was asked for; throws {@link ClientCheckError} for one that the contract does not have. */
export function chooseMode({ contract, mode }: Pick<ClientCheck, 'contract' | 'mode'>): Mode {
  const names = contract.modes.map((each) => each.mode);
  if (mode !== undefined && !names.includes(mode))
    throw new ClientCheckError(`"${mode}" is no mode. The modes are ${names.join(', ')}.`);
  const usual = contract.modes.find(({ encryption }) => encryption === 'starttls')?.mode;
  return mode ?? usual ?? names[0] ?? '';
}

/** The gateway as a client needs it: its control API, its name, and its root as text and as a file. */
export interface OpenSurroundings extends AsyncDisposable {
  readonly client: ControlClient;
  readonly version: string;
  readonly host: string;
  readonly serverName: string;
  readonly ca: string;
  readonly caFile: string;
  readonly tokenDesk: TokenDesk;
}

/** Asks the gateway for its root, and puts that into a file that goes away with this. */
export async function openSurroundings({
  controlApi,
  token,
  contract: { gatewayName },
}: Pick<ClientCheck, 'controlApi' | 'token' | 'contract'>): Promise<OpenSurroundings> {
  const client = openControlClient(controlApi, token);
  const gateway = await showGateway(controlApi, client);
  const host = await chooseHost(controlApi, gateway, gatewayName);
  const folder = await openTemporaryFolder('gauntlet-client');
  const caFile = join(folder.path, 'ca.pem');
  await writeFile(caFile, gateway.certificateAuthority);
  const tokenDesk = await openTokenDesk(() => machineTime.now());
  return {
    client,
    version: gateway.version,
    host,
    serverName: isLocalName(host) ? gatewayName : host,
    ca: gateway.certificateAuthority,
    caFile,
    tokenDesk,
    [Symbol.asyncDispose]: async () => {
      await tokenDesk[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/**
 * The name under which clients are told to connect: where the control API is, or a name of this machine that the
 * gateway's certificate has too; `localhost` where there is none.
 */
async function chooseHost(
  controlApi: string,
  { listeners, certificateAuthority: ca }: Gateway,
  gatewayName: string,
): Promise<string> {
  const { hostname } = new URL(controlApi);
  const names = isLocalName(hostname.replaceAll(/[[\]]/g, '')) ? await machineNames(gatewayName) : [hostname];
  const port = listeners.find(({ tls }) => tls === 'implicit')?.number;
  if (port === undefined) return LOCAL_NAME;
  for (const name of names) {
    if (await isCertifiedFor(name, { port, ca })) return name;
  }
  return LOCAL_NAME;
}

async function showGateway(controlApi: string, client: ControlClient) {
  try {
    return gatewaySchema.parse(await bodyOf(client.gateway.$get()));
  } catch (fault) {
    const why =
      fault instanceof ControlApiError ? `answered: ${fault.message}` : 'cannot be reached, or is none.';
    throw new ClientCheckError(`The control API at ${controlApi} ${why}`, { cause: fault });
  }
}
