import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { axisNames, CUT, showTime, type Card } from '../../src/conformance/clients/card/card.ts';
import type { GradedCase } from '../../src/conformance/clients/graded-case.ts';
import { axes } from '../../src/conformance/clients/grade.ts';

/** Leaves the transcript of each case of one client in a folder, in place of those of an earlier run: a cell that changed is read. */
export async function writeTranscripts(folder: string, { cases }: Pick<Card, 'cases'>): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const one of cases) await writeFile(join(folder, `${one.id}.txt`), transcriptText(one));
}

/** A case as somebody reads who asks whether its grades are fair: what was due, the grades, all lines with their times. */
export function transcriptText(one: GradedCase): string {
  return [
    one.title,
    `right is: ${one.rightWay} (${one.source})`,
    ...axes.map((axis) => `${axisNames[axis]}: ${one[axis].grade}. ${one[axis].what}`),
    ...(one.cut ? [CUT] : []),
    `sends deducted: ${one.charged}`,
    '',
    ...one.transcript.map(
      ({ at, who, tls, text }) =>
        `${showTime(at).padStart(9)} ${(tls ? 'TLS' : '').padEnd(3)} ${who}: ${text.split(/\r?\n/).join('\n                  ')}`,
    ),
    '',
    'it printed:',
    one.output,
    '',
  ].join('\n');
}
