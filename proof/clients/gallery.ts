/**
 * Checks the real clients under fixtures/clients and writes docs/client-gallery.md and .json. With `--check` each client
 * plays a share of the quick cases (with `--all` every case), which is compared with what stands there, with `--build` it only builds what is to be built; with
 * names of folders only those clients are run, and with `--case ID … --keep` only those cases are written anew. The transcript of each case is left below
 * reports/gallery, so that whoever doubts a grade can read it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { clientCases } from './gallery-cases.ts';
import { emailmassivo } from '../../src/contract/emailmassivo/emailmassivo.ts';
import { machineNames } from '../../src/conformance/clients/server-name.ts';
import { openOwnGateway } from '../../src/app/own-gateway.ts';
import {
  compareEntries,
  keepCase,
  mergeEntries,
  gallerySchema,
  type Gallery,
  type GalleryEntry,
} from './gallery-data.ts';
import { countCells, galleryHtml, type ShownClient } from './gallery-html.ts';
import { galleryPage } from './gallery-page.ts';
import { readFixtures, type ClientFixture } from './gallery-fixtures.ts';
import { writeTranscripts } from './gallery-transcripts.ts';
import { checkedCells, readHandChecks } from './hand-checks.ts';
import { prepareClient, runClient, type Prepared } from './run-gallery-client.ts';

const FOLDER = fileURLToPath(new URL('../../fixtures/clients/', import.meta.url));
const DATA = new URL('../../docs/client-gallery.json', import.meta.url);
const PAGE = new URL('../../docs/client-gallery.md', import.meta.url);
/** What was seen by hand. */
const NOTES = new URL('./gallery-notes.md', import.meta.url);
const TRANSCRIPTS = fileURLToPath(new URL('../../reports/gallery/', import.meta.url));
const HTML = join(TRANSCRIPTS, 'index.html');
/** What CI must have checked; elsewhere a machine may lack what it lacks. */
const LEAST = { clients: 22, languages: 9 };
/** Cases that take their time whatever the client does. */
const SLOW = new Set(['silent', 'silent-after-dot', 'slow', 'rate-limit']);
/** Of so many clients that stand one behind the other, each plays another part of the cases in a check. */
const SHARES = 7;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    build: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    case: { type: 'string', multiple: true, default: [] },
    keep: { type: 'boolean', default: false },
    'at-once': { type: 'string', default: '2' },
  },
});
const shown: ShownClient[] = [];
const notRun: { name: string; language: string; why: string }[] = [];
const all = await readFixtures(FOLDER);
const chosen = all.filter(({ folder }) => positionals.length === 0 || positionals.includes(folder));
process.exitCode = values.build
  ? await build(chosen)
  : await gallery(values.check, chosen, Number(values['at-once']));

/** Builds all that is to be built, so that a later run has it; what is lacking here is said and fails nothing. */
async function build(fixtures: readonly ClientFixture[]): Promise<number> {
  for (const [{ name }, prepared] of startBuilds(fixtures)) {
    const { kind, ...rest } = await prepared;
    say(`${name}: ${kind}${'why' in rest ? `, ${rest.why}` : ''}`);
  }
  return 0;
}

/** Starts to build, one after the other, so that clients which need no building are played meanwhile. */
function startBuilds(fixtures: readonly ClientFixture[]): ReadonlyMap<ClientFixture, Promise<Prepared>> {
  let line: Promise<unknown> = Promise.resolve();
  return new Map(
    fixtures.toSorted(byBuilding).map((fixture) => {
      const prepared =
        fixture.setup.length === 0 ? prepareClient(fixture) : line.then(() => prepareClient(fixture));
      if (fixture.setup.length > 0) line = prepared;
      return [fixture, prepared];
    }),
  );
}

/** Those that are not built come first. */
function byBuilding(left: ClientFixture, right: ClientFixture): number {
  return left.setup.length - right.setup.length;
}

/** The page of what was played just now. */
async function writePage(): Promise<void> {
  const order = all.map(({ folder }) => folder);
  const clients = shown.toSorted((left, right) => order.indexOf(left.folder) - order.indexOf(right.folder));
  await writeFile(HTML, galleryHtml(clients, notRun));
  say(`reports/gallery/index.html: ${countCells(clients)}`);
}

async function gallery(
  isCheck: boolean,
  fixtures: readonly ClientFixture[],
  atOnce: number,
): Promise<number> {
  await using own = await openOwnGateway(
    { kind: 'embedded' },
    { onFault: (fault) => say(`gateway: ${String(fault)}`) },
  );
  const entries = new Map<string, GalleryEntry>();
  const queue = [...startBuilds(fixtures)];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [one, prepared] = next;
      const cases =
        values.case.length > 0
          ? values.case
          : isCheck && !values.all
            ? shareOf(fixtures.indexOf(one))
            : clientCases.map(({ id }) => id);
      entries.set(one.folder, await play(one, await prepared, { controlApi: own.sandbox.controlUrl, cases }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  await writePage();
  const before = await readGallery();
  const played = fixtures.flatMap(({ folder }) => entries.get(folder) ?? []);
  // cases that were asked for by name are looked at; with --keep they take their place in the table
  if (values.case.length > 0) return values.keep ? await write(before, mergeEntries(before, played)) : 0;
  return isCheck
    ? check(before, await comparable(played), fixtures.length === all.length)
    : await write(before, played);
}

/** The cases that one client plays in a check: quick ones, and together seven clients play them all. */
function shareOf(client: number): readonly string[] {
  const quick = clientCases.filter(({ id }) => !SLOW.has(id));
  return quick.filter((_, index) => index % SHARES === client % SHARES).map(({ id }) => id);
}

/** Where this machine has no name but localhost, what clients do without TLS is not observed, and not compared. */
async function comparable(played: readonly GalleryEntry[]): Promise<readonly GalleryEntry[]> {
  if ((await machineNames(emailmassivo.gatewayName)).length > 0) return played;
  say('127.0.0.1 has no name but localhost in the hosts file: the cases of TLS are not compared.');
  const skipped = new Set(clientCases.filter(({ needsTls }) => needsTls).map(({ id }) => id));
  return played.map((one) =>
    one.kind === 'run' ? { ...one, cases: one.cases.filter(({ id }) => !skipped.has(id)) } : one,
  );
}

async function play(
  fixture: ClientFixture,
  prepared: Prepared,
  how: { readonly controlApi: string; readonly cases: readonly string[] },
): Promise<GalleryEntry> {
  const { folder, name, language, about } = fixture;
  const head = { folder, name, language, about };
  const start = performance.now();
  if (prepared.kind === 'lacking') {
    say(`${name}: not run, ${prepared.why}`);
    notRun.push({ name, language, why: prepared.why });
    return { ...head, kind: 'not run', why: prepared.why };
  }
  const card = await runClient(fixture, prepared, how);
  await writeTranscripts(join(TRANSCRIPTS, folder), card);
  shown.push({ folder, name, version: prepared.version, about, card });
  say(`${name} ${prepared.version}: ${card.badge} (${Math.round((performance.now() - start) / 1_000)} s)`);
  return { ...head, kind: 'run', version: prepared.version, cases: card.cases.map(keepCase) };
}

/** What is lacking here keeps what another machine wrote of it out of the table: nothing is shown that was not run. */
async function write(before: Gallery, played: readonly GalleryEntry[]): Promise<number> {
  const others = before.clients.filter(({ folder }) => !played.some((one) => one.folder === folder));
  const order = all.map(({ folder }) => folder);
  const clients = [...others, ...played]
    .filter(({ folder }) => order.includes(folder))
    .toSorted((left, right) => order.indexOf(left.folder) - order.indexOf(right.folder));
  const now: Gallery = gallerySchema.parse({ schema: 1, clients });
  await writeFile(DATA, `${JSON.stringify(now, undefined, 1)}\n`);
  const checks = await readHandChecks();
  await writeFile(PAGE, galleryPage(now, await readFile(NOTES, 'utf8'), checks));
  for (const { client, id, grade, saw } of checkedCells(now, checks)) {
    if (saw === undefined)
      say(`not read yet: ${client.name}, ${id}, ${grade} (reports/gallery/${client.folder}/${id}.txt)`);
  }
  say(`${clients.filter(({ kind }) => kind === 'run').length} clients in docs/client-gallery.md`);
  return 0;
}

function check(before: Gallery, played: readonly GalleryEntry[], isWhole: boolean): number {
  const differences = compareEntries(before, played);
  for (const difference of differences) say(difference);
  const ran = played.filter(({ kind }) => kind === 'run');
  const languages = new Set(ran.map(({ language }) => language));
  say(
    `${ran.length} clients in ${languages.size} languages, ${differences.length} differences from docs/client-gallery.json`,
  );
  const isCi = (process.env['CI'] ?? '') !== '';
  if (isCi && isWhole && (ran.length < LEAST.clients || languages.size < LEAST.languages)) {
    say(`CI must check ${LEAST.clients} clients in ${LEAST.languages} languages at least.`);
    return 1;
  }
  return differences.length === 0 && ran.length > 0 ? 0 : 1;
}

async function readGallery(): Promise<Gallery> {
  const text = await readFile(DATA, 'utf8').catch(() => '{"schema":1,"clients":[]}');
  return gallerySchema.parse(JSON.parse(text));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
