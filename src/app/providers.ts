import { suggest } from '../conformance/scenario/suggest.ts';
import type { Contract } from '../contract/contract.ts';
import { amazonSes } from '../contract/amazon-ses/amazon-ses.ts';
import { emailmassivo } from '../contract/emailmassivo/emailmassivo.ts';
import type { SessionModel } from '../conformance/property/session-model.ts';
import { amazonSesSandbox } from '../sandbox/policy/amazon-ses/provider.ts';
import { emailmassivoSandbox } from '../sandbox/policy/emailmassivo/provider.ts';
import type { SandboxProvider } from '../sandbox/policy/provider.ts';
import { UsageError } from './usage-error.ts';

/** A provider with what each wing needs of it; the two meet only here. */
export interface Provider {
  /** What it promises; commands choose a provider by the id of its contract. */
  readonly contract: Contract;
  readonly sandbox: SandboxProvider;
  /** A model of it that generates sessions, loaded where somebody explores; some providers have none. */
  readonly loadModel?: () => Promise<SessionModel>;
}

/** All providers, the first one first: that is the one where none is named. */
export const providers: readonly [Provider, ...Provider[]] = [
  {
    contract: emailmassivo,
    sandbox: emailmassivoSandbox,
    loadModel: async () => (await import('../conformance/property/emailmassivo/model.ts')).emailmassivoModel,
  },
  {
    contract: amazonSes,
    sandbox: amazonSesSandbox,
    loadModel: async () => (await import('../conformance/property/amazon-ses/model.ts')).amazonSesModel,
  },
];

/** The provider of a name, the first where none is named; throws {@link UsageError} that lists them where there is none. */
export function providerNamed(name: string | undefined): Provider {
  if (name === undefined) return providers[0];
  const found = providers.find(({ contract }) => contract.id === name);
  if (found !== undefined) return found;
  const known = providers.map(({ contract }) => contract.id);
  throw new UsageError(
    `There is no provider "${name}".${suggest(name, known)} Providers are ${known.join(', ')}.`,
  );
}
