/** The groups of recipients that a file names (`many: accepts x250`), and how many each has. */
export type RecipientGroups = ReadonlyMap<string, number>;

/** How many recipients a group may have. */
export const largestGroup = 5_000;

/** A recipient's role in the file, whatever roles there are, `accepts` or `accepts x250`: the role, and how many there are. */
export function readRole(
  text: string,
): { readonly role: string; readonly count: number | undefined } | undefined {
  const match = /^(\S+)(?: x(\d{1,4}))?$/.exec(text);
  const role = match?.[1];
  const count = match?.[2] === undefined ? undefined : Number(match[2]);
  if (role === undefined || (count !== undefined && (count < 1 || count > largestGroup))) return undefined;
  return { role, count };
}

/** The name of one recipient of a group; numbers begin with 1. */
export function groupMember(group: string, number: number): string {
  return `${group}-${number}`;
}

/** The groups among the recipients of a file. */
export function groupsOf(recipients: Readonly<Record<string, unknown>>): RecipientGroups {
  return new Map(
    Object.entries(recipients).flatMap(([name, value]) => {
      const count = typeof value === 'string' ? readRole(value)?.count : undefined;
      return count === undefined ? [] : [[name, count] as const];
    }),
  );
}

/** Each name, a group's as those of its recipients. */
export function namesIn(names: readonly string[], groups: RecipientGroups): readonly string[] {
  return names.flatMap((name) => {
    const count = groups.get(name);
    return count === undefined ? [name] : Array.from({ length: count }, (_, at) => groupMember(name, at + 1));
  });
}

/** A map by name, a group's value under each of its recipients. */
export function spreadGroups<Value>(
  map: Readonly<Record<string, Value>>,
  groups: RecipientGroups,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(map).flatMap(([name, value]) => namesIn([name], groups).map((one) => [one, value])),
  );
}
