/** Reports in a folder, over the control API. */
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bodyOf, openControlClient } from '../control-api/client.ts';
import type { ReportAbout } from '../control-api/report-schemas.ts';
import { startProbed } from './probe-fixture.ts';

const outside = await mkdtemp(join(tmpdir(), 'gauntlet-reports-'));
const folder = join(outside, 'reports');
const suite = [
  { id: 'a/one', title: 'One', rules: ['error.450'], modes: ['587'] },
  { id: 'a/two', title: 'Two', rules: ['error.450', 'error.451'], modes: ['587', '25'] },
  { id: 'b/three', title: 'Three', rules: [], modes: ['25'] },
];
const probed = await startProbed({
  reports: folder,
  suite: () => Promise.resolve(suite),
  control: { token: 'secret' },
});
afterAll(async () => {
  await probed[Symbol.asyncDispose]();
  await rm(outside, { recursive: true });
});
const { controlUrl } = probed.sandbox;
const client = openControlClient(controlUrl, 'secret');
const list = (query: { search?: string; limit?: string; cursor?: string } = {}) =>
  bodyOf(client.reports.$get({ query }));
const ask = (path: string, token = 'secret') =>
  fetch(`${controlUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });

const about: ReportAbout = {
  kind: 'run',
  name: 'smtp.example 1.0 "<&',
  at: '2026-01-15T12:00:00.000Z',
  totals: [{ word: 'passed', count: 12, isBad: false }],
  findings: 0,
  isWhole: true,
};
const pageOf = (words: string) =>
  `<!doctype html>\n<head>\n<meta name="gauntlet-report" content="${words}">\n</head>\n<script>1</script>`;
const said = (what: object = about) => pageOf(encodeURIComponent(JSON.stringify(what)));

/** Writes a file so many seconds after an instant. */
async function put(path: string, text: string, second: number): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
  await utimes(join(folder, path), second, second);
}

test('a folder that is not there yet has no reports', async () => {
  await using apart = await startProbed({ reports: join(outside, 'never') });
  const answer = await bodyOf(openControlClient(apart.sandbox.controlUrl).reports.$get({ query: {} }));
  expect(answer).toEqual({ folder: join(outside, 'never'), reports: [], next: null });
});

test('a sandbox without a folder says so', async () => {
  await using apart = await startProbed();
  const answer = await bodyOf(openControlClient(apart.sandbox.controlUrl).reports.$get({ query: {} }));
  expect(answer).toEqual({ folder: null, reports: [], next: null });
});

describe('the reports of a folder', async () => {
  await put('run.html', said(), 1_000);
  await put('2026/january/Client.html', said({ ...about, kind: 'client-check', findings: 3 }), 3_000);
  await put('same-second-a.html', said(), 2_000);
  await put('same-second-b.HTM', said(), 2_000);
  await put('index.html', '<title>of somebody else</title>', 4_000);
  await put('empty.html', '', 4_000);
  await put('broken.html', pageOf('%7B'), 4_000);
  await put('other-words.html', said({ ...about, kind: 'else' }), 4_000);
  await put('long-words.html', said({ ...about, name: 'x'.repeat(40_000) }), 4_000);
  await put('run.ndjson', said(), 4_000);
  await writeFile(join(outside, 'secret.html'), said());
  await symlink(join(outside, 'secret.html'), join(folder, 'link.html'));
  await symlink(outside, join(folder, 'link'));

  test('stand newest first, with what each says of itself, and nothing else of the folder does', async () => {
    const { reports, next } = await list();
    expect(reports.map(({ path }) => path.replace(/same-second-.*/, 'same'))).toEqual([
      '2026/january/Client.html',
      'same',
      'same',
      'run.html',
    ]);
    expect(reports.at(-1)).toMatchObject({ ...about, writtenAt: '1970-01-01T00:16:40.000Z' });
    expect(next).toBeNull();
  });

  test('come by page, each once', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { reports, next }: Awaited<ReturnType<typeof list>> = await list({
        limit: '1',
        ...(cursor !== '' && { cursor }),
      });
      seen.push(...reports.map(({ path }) => path));
      cursor = next;
    }
    expect(seen).toEqual((await list()).reports.map(({ path }) => path));
  });

  test('are found by a part of their path, in any letter case', async () => {
    expect((await list({ search: 'JANUARY/client' })).reports).toHaveLength(1);
    expect((await list({ search: '../' })).reports).toEqual([]);
  });

  test('open as they stand, apart from everything else', async () => {
    const report = (await list({ search: 'run.html' })).reports[0];
    expect(await bodyOf(client.reports[':report'].$get({ param: { report: report?.id ?? '' } }))).toEqual(
      report,
    );
    const page = await ask(`/reports/${report?.id}/page`);
    expect(await page.text()).toBe(said());
    const policy = page.headers.get('content-security-policy')?.split('; ') ?? [];
    expect(policy).toContain('sandbox allow-scripts allow-popups');
    expect(policy).toContain("default-src 'none'");
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each([
    'run.html',
    '..%2Fsecret.html',
    '..%2F..%2F..%2Fetc%2Fpasswd',
    '%2Fetc%2Fpasswd',
    'link.html',
    '000000000000000000000000',
    '%00',
  ])('have no other name than their id: %s', async (name) => {
    for (const path of [`/reports/${name}`, `/reports/${name}/page`]) {
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    }
  });

  test('want the token', async () => {
    const [report] = (await list()).reports;
    for (const path of ['/reports', `/reports/${report?.id}`, `/reports/${report?.id}/page`, '/scenarios']) {
      expect([path, (await fetch(`${controlUrl}${path}`)).status]).toEqual([path, 401]);
    }
  });

  test.each(['x', '1-2', '-1', '9999999999999999-000000000000000000000000'])(
    'have no cursor %s',
    async (cursor) => {
      expect((await ask(`/reports?cursor=${cursor}`)).status).toBe(400);
    },
  );

  test('are gone when their file is', async () => {
    await put('gone.html', said(), 500);
    const [report] = (await list({ search: 'gone' })).reports;
    await rm(join(folder, 'gone.html'));
    expect((await ask(`/reports/${report?.id}/page`)).status).toBe(404);
  });
});

test('the scenarios of the suite, and those of a rule, by page', async () => {
  const ids = async (query: { rule?: string; limit?: string; cursor?: string }) => {
    const { scenarios, next } = await bodyOf(client.scenarios.$get({ query }));
    return [scenarios.map(({ id }) => id), next];
  };
  expect(await ids({})).toEqual([['a/one', 'a/two', 'b/three'], null]);
  expect(await ids({ limit: '2' })).toEqual([['a/one', 'a/two'], '2']);
  expect(await ids({ limit: '2', cursor: '2' })).toEqual([['b/three'], null]);
  expect(await ids({ rule: 'error.450', limit: '1' })).toEqual([['a/one'], '1']);
  expect(await ids({ rule: 'error.450', limit: '1', cursor: '1' })).toEqual([['a/two'], null]);
  expect(await ids({ rule: 'no.rule' })).toEqual([[], null]);
});
