import type { ReportAbout } from '../../control-api/report-schemas.ts';
import { outcomes, showOutcome } from '../result/result.ts';
import { buildPageData } from './build-page-data.ts';
import { fillPage, readPage } from './built-page.ts';
import { jsonPieces } from './json-pieces.ts';
import { countFindings } from './page/troubles.ts';
import type { PageData } from './page-data.ts';
import type { ReportInput } from './report-input.ts';

/**
 * The run as one HTML page that loads nothing from elsewhere: the matrix of rules and modes, every transcript beside its
 * dialogue, traceability, what was not shown, and what has changed. The policy of the built page lets no other script run,
 * whatever a target says.
 */
export function* htmlPieces(input: ReportInput): Generator<string> {
  const data = buildPageData(input);
  yield* fillPage(readPage('report'), {
    title: `Gauntlet: ${data.run.target}`,
    about: aboutRun(data),
    content: contentPieces({ ...data }),
  });
}

/** The page as one text. */
export function htmlReport(input: ReportInput): string {
  return [...htmlPieces(input)].join('');
}

function aboutRun({ run, cases }: PageData): ReportAbout {
  const counts = Map.groupBy(cases, ({ outcome }) => outcome);
  return {
    kind: 'run',
    name: run.target.slice(0, 200),
    ...(run.clock !== '' && { at: run.clock }),
    totals: outcomes.flatMap((outcome) => {
      const count = counts.get(outcome)?.length ?? 0;
      return count === 0
        ? []
        : [{ word: showOutcome(outcome), count, isBad: outcome === 'failed' || outcome === 'errored' }];
    }),
    findings: countFindings({ cases }),
    isWhole: run.how === 'finished',
  };
}

function* contentPieces(data: Readonly<Record<string, unknown>>): Generator<string> {
  yield `<div id="page"><noscript>This page shows its tables by a script of its own, which is switched off here.</noscript></div>
<script type="application/json" id="data">`;
  for (const piece of jsonPieces(data)) yield escapeForScript(piece);
  yield '</script>';
}

/** JSON as it may stand in a script element: no `</script>`, no `<!--`, no separators that old readers break at. */
function escapeForScript(json: string): string {
  return json.replaceAll(
    /[<\u007f-\u009f\u2028\u2029]/g,
    (sign) => String.raw`\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
