import { roles, SIMULATOR_DOMAIN, type Role } from '../../../contract/amazon-ses/words.ts';

/** Whether an address, given by its key, is the simulator's: none of them counts in the daily quota or gets on the list. */
export function isOfSimulator(addressKey: string): boolean {
  return addressKey.endsWith(`@${SIMULATOR_DOMAIN}`);
}

/**
 * The role of an address of the simulator, given by its key: `bounce@`, `bounce+anything@` and so on (rule `simulator.labels`).
 * An address there that the page does not name has none (rule `simulator.no-list.complaint`).
 */
export function simulatedRole(addressKey: string): Role | undefined {
  if (!isOfSimulator(addressKey)) return undefined;
  const name = addressKey.slice(0, -SIMULATOR_DOMAIN.length - 1).split('+')[0];
  return roles.find(({ reservedAddress }) => reservedAddress === `${name}@${SIMULATOR_DOMAIN}`)?.name;
}
