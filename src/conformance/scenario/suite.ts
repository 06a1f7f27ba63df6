import { join } from 'node:path';

/** Where the scenarios of a suite lie. The id of a case is its path below either folder, so a file may move between the two. */
export interface Suite {
  /** Scenarios that are played under every provider. */
  readonly shared?: string;
  /** The provider's own. */
  readonly own: string;
}

/** The suite of a provider below the folder of all suites: what it shares with the others stands in `rfc`, its own under its id. */
export function suiteOf(folder: string, provider: string): Required<Suite> {
  return { shared: join(folder, 'rfc'), own: join(folder, provider) };
}

/** The folders of a suite, the shared one first. */
export function foldersOf({ shared, own }: Suite): readonly string[] {
  return shared === undefined ? [own] : [shared, own];
}
