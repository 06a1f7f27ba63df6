import { roles, type Role } from '../../../contract/emailmassivo/vocabulary.ts';
import { words } from '../../../contract/emailmassivo/words.ts';

/** The domain, with its at sign, whose addresses have their role built in. */
const RESERVED_DOMAIN = `@${words.reservedDomain}`;

/**
 * The role that is built into an address at simulator.test (rule `sandbox.recipients`): `full@`, `full+anything@` and
 * so on. Takes an address key (`smtp/address-equality.ts`).
 */
export function reservedRole(addressKey: string): Role | undefined {
  if (!addressKey.endsWith(RESERVED_DOMAIN)) return undefined;
  const name = addressKey.slice(0, -RESERVED_DOMAIN.length).split('+')[0];
  return roles.find((role) => role === name);
}
