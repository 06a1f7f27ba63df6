import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Settings } from '../settings.ts';

/** A file that `gauntlet init` writes: its path below the folder, and what is in it. */
export interface StarterFile {
  readonly path: string;
  readonly text: string;
}

const scenario = `# yaml-language-server: $schema=../node_modules/smtp-gauntlet/scenarios/scenario.schema.json
title: Cc is charged too
about: billing.per-recipient
given:
  balance: 5
  recipients: { to: accepts, cc: accepts }
messages:
  order: |
    From: Shop <\${sender}>
    To: <\${to}>
    Cc: <\${cc}>
    Subject: Your order

    It is on its way.
dialogue: |
  C: <session>
  C: MAIL FROM:<\${sender}>
  S: 250 *
  C: RCPT TO:<\${to}>
  S: 250 *
  C: RCPT TO:<\${cc}>
  S: 250 *
  C: DATA
  S: 354 *
  C: <message order>
  S: 250 *
then:
  charged: 2
  delivered: { to: as sent, cc: as sent }
`;

const workflow = `name: mail
on: [push, pull_request]
permissions:
  contents: read
jobs:
  scenarios:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
          cache: npm
      - run: npm ci
      - run: npx gauntlet lint scenarios
      - name: gauntlet run
        run: npx gauntlet run scenarios --report annotations=- --report markdown=reports/summary.md --report junit=reports/junit.xml --report html=reports/run.html
      # neither report is there where lint found a mistake
      - if: \${{ !cancelled() }}
        run: if [ -f reports/summary.md ]; then cat reports/summary.md >> "$GITHUB_STEP_SUMMARY"; fi
      - uses: actions/upload-artifact@v4
        if: \${{ !cancelled() }}
        with:
          name: mail-reports
          path: reports
          if-no-files-found: ignore
`;

const gitlab = `mail:
  image: node:24
  script:
    - npm ci
    - npx gauntlet lint scenarios
    - npx gauntlet run scenarios --report junit=reports/junit.xml --report html=reports/run.html
  artifacts:
    when: always
    paths: [reports]
    reports:
      junit: reports/junit.xml
`;

const ignored = `node_modules/
reports/
`;

/** What an empty folder gets: a first scenario, jobs that run it on every push, and what git leaves out. */
export const starterFiles: readonly StarterFile[] = [
  { path: 'scenarios/cc-is-charged.scenario.yaml', text: scenario },
  { path: '.github/workflows/mail.yml', text: workflow },
  { path: '.gitlab-ci.yml', text: gitlab },
  { path: '.gitignore', text: ignored },
];

/** Writes the starter files into a folder; one that is there already is left as it is, and named. */
export async function initCommand(folder: string, { terminal }: Pick<Settings, 'terminal'>): Promise<number> {
  for (const { path, text } of starterFiles) {
    const written = await writeNew(join(folder, path), text);
    terminal.write(written ? `wrote ${path}\n` : `left ${path} as it is: it is there already\n`);
    if (!written && path === '.gitignore' && !(await ignoresReports(join(folder, path))))
      terminal.write('  add the line reports/ to it: what runs leave there is not for git\n');
  }
  terminal.write('\nRun it:  npx gauntlet run scenarios\n');
  return 0;
}

async function ignoresReports(path: string): Promise<boolean> {
  return /^\/?reports\/?$/m.test(await readFile(path, 'utf8'));
}

async function writeNew(path: string, text: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'EEXIST') return false;
    throw fault;
  }
}
