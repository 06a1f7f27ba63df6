import { setTimeout as delay } from 'node:timers/promises';
import type { Mode, Port } from '../../contract/modes.ts';
import type { LoginChoice } from '../situation/given.ts';
import { accountOf, missingNeed } from './missing-need.ts';
import type { Needs } from '../situation/needs.ts';
import type { Credentials, Done, Endpoint, Observation, Situation, Target } from './target.ts';
import type { TargetDescription } from './target-description.ts';

/** How a described gateway is opened. */
export interface DescribedTargetOptions {
  readonly description: TargetDescription;
  /** PEM of the roots to trust; the system's own unless said. */
  readonly certificateAuthority: string | undefined;
  /** A word that no other run against this gateway has: lower-case letters, digits and hyphens. */
  readonly unique: string;
  /** Really waits so many milliseconds; tests hand in their own. */
  readonly wait?: (ms: number) => Promise<void>;
}

/**
 * A gateway without a control API, as its description has it: what cannot be had by choosing among the addresses and
 * logins named there is not arranged, and of the end nothing is shown but the mail.
 */
export function openDescribedTarget(options: DescribedTargetOptions): Target {
  const { description, unique } = options;
  let count = 0;
  return {
    name: description.name,
    version: description.version,
    declaresChoices: false,
    ownListeners: false,
    oneAtATime: true,
    arrange: (needs) => {
      const missing = missingNeed(needs, description);
      if (missing !== undefined) return Promise.resolve({ kind: 'not-arranged', missing });
      count += 1;
      const situation = new DescribedSituation(options, needs, `${unique}-${count}`);
      return Promise.resolve({ kind: 'arranged', situation });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

const nothingShown: Observation = {
  charged: undefined,
  balance: undefined,
  history: undefined,
  otherHistory: [],
  status: undefined,
  suppressed: undefined,
  statistics: undefined,
};

class DescribedSituation implements Situation {
  readonly sender: string;
  readonly recipients: ReadonlyMap<string, string>;
  readonly withoutLogin: boolean;
  readonly #options: DescribedTargetOptions;
  readonly #needs: Needs;
  readonly #unique: string;
  #unknownLogins = 0;
  #waitedMs = 0;

  constructor(options: DescribedTargetOptions, needs: Needs, unique: string) {
    const { description } = options;
    this.#options = options;
    this.#needs = needs;
    this.#unique = unique;
    this.withoutLogin = description.login === 'none';
    this.sender =
      needs.domain === 'verified'
        ? description.sender
        : (description.senders[needs.domain] ?? description.sender);
    this.recipients = chooseRecipients(needs, description, unique);
  }

  endpoint(_port: Port, mode?: Mode): Endpoint | undefined {
    const { description, certificateAuthority } = this.#options;
    const address = mode === undefined ? undefined : description.modes[mode];
    if (address === undefined) return undefined;
    return { ...address, servername: description.servername ?? address.host, certificateAuthority };
  }

  credentials(login: LoginChoice): Credentials | undefined {
    const { login: usual, logins } = this.#options.description;
    const { connection, secondLogin } = this.#needs;
    // a need for a third one is never arranged
    if (login === 'third') return undefined;
    if (login === 'second') return secondLogin && logins[`second of ${accountOf(secondLogin)}`];
    if (connection !== 'active') return logins[connection];
    return usual === 'none' ? undefined : usual;
  }

  oldCredentials(): undefined {
    return undefined;
  }

  unknownLogin(): string {
    this.#unknownLogins += 1;
    return `nobody-${this.#unique}-${this.#unknownLogins}`;
  }

  change({ kind }: Parameters<Situation['change']>[0]): Promise<Done> {
    return Promise.resolve(
      kind === 'settled'
        ? { kind: 'done' }
        : { kind: 'not-arranged', missing: `a change of the world (${kind})` },
    );
  }

  /** Time really passes, as far as patience goes. */
  async passTime(passes: Parameters<Situation['passTime']>[0]): Promise<Done> {
    const patienceMs = this.#options.description['patience-ms'];
    const ms = 'ms' in passes ? passes.ms : Infinity;
    if (this.#waitedMs + ms > patienceMs)
      return {
        kind: 'not-arranged',
        missing: `a clock that can be moved (patience ends after ${patienceMs} ms)`,
      };
    this.#waitedMs += ms;
    await (this.#options.wait ?? delay)(ms);
    return { kind: 'done' };
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  observe(): Promise<Observation> {
    return Promise.resolve(nothingShown);
  }

  filteredHistory(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // nothing was made that must be taken away
  }
}

/** An address for each name: one with a star is made new, others are handed out in their order. */
function chooseRecipients(
  needs: Needs,
  description: TargetDescription,
  unique: string,
): ReadonlyMap<string, string> {
  const taken = new Map<string, number>();
  return new Map(
    [...needs.recipients].map(([name, role]) => {
      const known = description.recipients[role] ?? [];
      const starred = known.find((address) => address.includes('*'));
      const at = taken.get(role) ?? 0;
      taken.set(role, at + 1);
      return [name, starred?.replace('*', `${name}-${unique}`) ?? known[at] ?? name];
    }),
  );
}
