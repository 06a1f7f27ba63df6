import type { Report, ReportAbout, SuiteCase } from '../../control-api/report-schemas.ts';
import { OperationError, type ReportOperations } from '../control/operations.ts';
import { cutPage, readNumberCursor } from './cursors.ts';
import type { OperationParts } from './operation-parts.ts';
import { iso } from './operation-views.ts';
import type { ReportFile } from './report-folder.ts';

/** Reports of the sandbox's folder, and the scenarios of the suite. */
export function reportOperations({
  reports,
  suite,
}: Pick<OperationParts, 'reports' | 'suite'>): ReportOperations {
  // the suite stays as it is while a sandbox is up
  let cases: Promise<readonly SuiteCase[]> | undefined;

  const find = async (id: string): Promise<{ readonly file: ReportFile; readonly about: ReportAbout }> => {
    const file = await reports?.find(id);
    const about = file === undefined ? undefined : await reports?.about(file);
    if (file !== undefined && about !== undefined) return { file, about };
    throw new OperationError('no-such-report', `There is no report ${id} in the folder; it may have gone.`);
  };

  return {
    listReports: async ({ search, cursor, limit }) => {
      if (reports === undefined) return { folder: null, reports: [], next: null };
      const behind = readCursor(cursor);
      const wanted = search?.toLowerCase() ?? '';
      const page: Report[] = [];
      for (const file of await reports.list()) {
        if (!isBehind(file, behind) || !file.path.toLowerCase().includes(wanted)) continue;
        const about = await reports.about(file);
        if (about === undefined) continue;
        const last = page.at(-1);
        if (page.length === limit && last !== undefined) {
          return { folder: reports.path, reports: page, next: `${Date.parse(last.writtenAt)}-${last.id}` };
        }
        page.push(showReport(file, about));
      }
      return { folder: reports.path, reports: page, next: null };
    },
    showReport: async (id) => {
      const { file, about } = await find(id);
      return showReport(file, about);
    },
    readReport: async (id) => {
      const { file } = await find(id);
      // find() has found it there
      return reports?.read(file) ?? [];
    },
    listScenarios: async ({ rule, cursor, limit }) => {
      const after = readNumberCursor(cursor);
      cases ??= suite();
      const held = (await cases)
        .map((each, at) => ({ ...each, place: at + 1 }))
        .filter(({ place, rules }) => place > after && (rule === undefined || rules.includes(rule)));
      const { page, next } = cutPage(held.slice(0, limit + 1), limit);
      return { scenarios: page.map(({ place: _place, ...each }) => each), next };
    },
  };
}

function showReport({ id, path, octets, writtenAt }: ReportFile, about: ReportAbout): Report {
  return { ...about, at: about.at ?? null, id, path, octets, writtenAt: iso(writtenAt) };
}

/** The last report of a page. */
type Cursor = Pick<ReportFile, 'id' | 'writtenAt'>;

function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  const [, writtenAt, id] = /^(\d{1,15})-([0-9a-f]{24})$/.exec(text) ?? [];
  if (writtenAt !== undefined && id !== undefined) return { writtenAt: Number(writtenAt), id };
  throw new OperationError('bad-cursor', `"${text}" is no cursor; take the "next" of a page.`);
}

function isBehind({ id, writtenAt }: Cursor, last: Cursor | undefined): boolean {
  if (last === undefined || writtenAt < last.writtenAt) return true;
  return writtenAt === last.writtenAt && id > last.id;
}
