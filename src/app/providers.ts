import { emailmassivoSandbox, type SandboxProvider } from '../sandbox/provider.ts';

/** A provider with what each wing needs of it; the two meet only here. */
export interface Provider {
  /** The name by which commands choose it: the id of its contract. */
  readonly id: string;
  readonly sandbox: SandboxProvider;
}

/** All providers, the first one first: that is the one where none is named. */
export const providers: readonly [Provider, ...Provider[]] = [
  { id: emailmassivoSandbox.contract.id, sandbox: emailmassivoSandbox },
];
