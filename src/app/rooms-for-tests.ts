import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { parseSync } from 'oxc-parser';
import { z } from 'zod';

const tableSchema = z.object({
  commonGround: z.array(z.string()),
  testPackages: z.array(z.string()),
  /** Endings of files that stand beside the code for its tests alone. */
  testSupport: z.array(z.string()),
  rooms: z.record(
    z.string(),
    z.object({
      imports: z.array(z.string()),
      packages: z.array(z.string()),
      commonGround: z.boolean().default(true),
    }),
  ),
});

/** Which room may import which room and which outside package (`rooms.json`). */
export type RoomTable = z.output<typeof tableSchema>;

/** One import as it stands in a file. */
export interface FoundImport {
  /** Path below the source folder, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  /** Path below the source folder where the import is relative. */
  readonly target: string | undefined;
}

/** Reads the table. */
export async function readRoomTable(file: URL): Promise<RoomTable> {
  return tableSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

/**
 * Every import in the TypeScript files below a folder, type imports, re-exports and dynamic ones included. A folder beside
 * the sources is a room of its own, named by `room`.
 */
export async function findImports(folder: string, room?: string): Promise<readonly FoundImport[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name));
  const found = await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const place = join(room ?? '', relative(folder, path));
      return importsOf(place.split(sep).join('/'), await readFile(path, 'utf8'));
    }),
  );
  return found.flat();
}

/** The imports of one file's text. */
export function importsOf(file: string, text: string): readonly FoundImport[] {
  const { module } = parseSync(file, text);
  const requests = [
    ...module.staticImports.map((each) => each.moduleRequest),
    ...module.staticExports.flatMap((each) => each.entries.flatMap((entry) => entry.moduleRequest ?? [])),
    // what is computed names a file of the user's
    ...module.dynamicImports
      .filter(({ moduleRequest: { start } }) => /['"`]/.test(text.charAt(start)))
      .map(({ moduleRequest: { start, end } }) => ({ start, value: text.slice(start + 1, end - 1) })),
  ];
  return requests.map(({ start, value }) => ({
    file,
    line: text.slice(0, start).split('\n').length,
    specifier: value,
    target: value.startsWith('.') ? placeOf(join(dirname(file), value).split(sep).join('/')) : undefined,
  }));
}

/** Where a file stands: what is beside the sources reaches them as `src/…`. */
function placeOf(path: string): string {
  return path.replace(/^src\//, '');
}

/** The room in which a file stands: the longest name that its path begins with; files at the top are `.`. */
function roomOf(table: RoomTable, file: string): string | undefined {
  if (!file.includes('/')) return '.';
  return Object.keys(table.rooms)
    .filter((room) => file.startsWith(`${room}/`))

    .toSorted((left, right) => right.length - left.length)[0];
}

/** What breaks the table, and which of its allowances nothing uses, each as a sentence. */
export function checkRooms(table: RoomTable, imports: readonly FoundImport[]): readonly string[] {
  const used = new Set<string>();
  const broken = imports.flatMap((each) => complaint(table, each, used) ?? []);
  const unused = Object.entries(table.rooms).flatMap(([room, { imports: rooms, packages }]) =>
    [...rooms, ...packages]
      .filter((allowance) => !used.has(`${room} ${allowance}`))
      .map((allowance) => `rooms.json lets ${room} import ${allowance}, and nothing there does.`),
  );
  return [...broken, ...unused];
}

function complaint(table: RoomTable, found: FoundImport, used: Set<string>): string | undefined {
  const where = `${found.file}:${found.line}`;
  const room = roomOf(table, found.file);
  const own = room === undefined ? undefined : table.rooms[room];
  if (room === undefined || own === undefined) return `${where} stands in no room of rooms.json.`;
  if (found.target !== undefined) {
    const other = roomOf(table, found.target);
    if (other === room) return undefined;
    if (other === undefined) return `${where} imports ${found.specifier}, which stands in no room.`;
    used.add(`${room} ${other}`);
    return own.imports.includes(other) ? undefined : `${where}: ${room} may not import ${other}.`;
  }
  const isTest = table.testSupport.some((ending) => found.file.endsWith(ending));
  if (own.packages.includes(found.specifier)) {
    used.add(`${room} ${found.specifier}`);
    return undefined;
  }
  if (
    isTest &&
    [...table.testPackages, ...table.commonGround].some((name) => isPackage(found.specifier, name))
  ) {
    return undefined;
  }
  const common = own.commonGround && table.commonGround.some((name) => isPackage(found.specifier, name));
  return common ? undefined : `${where}: ${room} may not import ${found.specifier}.`;
}

function isPackage(specifier: string, name: string): boolean {
  return name.endsWith(':') ? specifier.startsWith(name) : specifier === name;
}
