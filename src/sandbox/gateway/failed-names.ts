/**
 * The names of logins that nobody has and that failed all the same. They are the clients' to choose, so each address
 * has room for so many within a window; what goes beyond is counted as nobody's.
 */
export interface FailedNames {
  /** Whether a failure of this name may be kept under it; `now` is the gateway's clock, milliseconds. */
  admits(address: string, name: string, now: number): boolean;
}

/** How many are kept. */
export interface FailedNamesBounds {
  readonly namesOfAnAddress: number;
  readonly addresses: number;
  /** Milliseconds after which an address has its room anew. */
  readonly windowMs: number;
}

interface Room {
  readonly since: number;
  readonly names: Set<string>;
}

/** Rooms in memory; the oldest address gives way. */
export function createFailedNames(bounds: FailedNamesBounds): FailedNames {
  const rooms = new Map<string, Room>();
  return {
    admits: (address, name, now) => {
      const known = rooms.get(address);
      const isOpen = known !== undefined && now >= known.since && now < known.since + bounds.windowMs;
      const room: Room = isOpen ? known : { since: now, names: new Set() };
      if (!isOpen) rooms.delete(address);
      rooms.set(address, room);
      const [oldest] = rooms.keys();
      if (rooms.size > bounds.addresses && oldest !== undefined) rooms.delete(oldest);
      if (room.names.has(name)) return true;
      if (room.names.size >= bounds.namesOfAnAddress) return false;
      room.names.add(name);
      return true;
    },
  };
}
