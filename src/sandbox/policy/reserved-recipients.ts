import { roles, type Role } from '../../contract/vocabulary.ts';

const RESERVED_DOMAIN = 'simulator.test';

/**
 * The role that is built into an address at simulator.test (rule `sandbox.recipients`): `full@`, `full+anything@` and
 * so on. Takes an address key (`smtp/address-equality.ts`).
 */
export function reservedRole(addressKey: string): Role | undefined {
  const [localPart = '', domain] = addressKey.split('@');
  if (domain !== RESERVED_DOMAIN) return undefined;
  const name = localPart.split('+')[0];
  return roles.find((role) => role === name);
}
