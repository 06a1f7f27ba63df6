import { createHash } from 'node:crypto';
import { buildPageData } from './build-page-data.ts';
import { escapeXml } from './escape-xml.ts';
import { jsonPieces } from './json-pieces.ts';
import { pageScript, pageStyle } from './page-assets.generated.ts';
import type { ReportInput } from './report-input.ts';

/**
 * The run as one HTML page that loads nothing from elsewhere: the matrix of rules and modes, every transcript beside its
 * dialogue, traceability, what was not shown, and what has changed. Its policy lets no other script run, whatever a
 * target says.
 */
export function* htmlPieces(input: ReportInput): Generator<string> {
  const data = buildPageData(input);
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(pageScript)}`,
    `style-src ${hashOf(pageStyle)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeXml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeXml(`Gauntlet: ${data.run.target}`)}</title>
<style>${pageStyle}</style>
</head>
<body>
<div id="page"><noscript>This page shows its tables by a script of its own, which is switched off here.</noscript></div>
<script type="application/json" id="data">`;
  for (const piece of jsonPieces({ ...data })) yield escapeForScript(piece);
  yield `</script>
<script>${pageScript}</script>
</body>
</html>
`;
}

/** The page as one text. */
export function htmlReport(input: ReportInput): string {
  return [...htmlPieces(input)].join('');
}

/** JSON as it may stand in a script element: no `</script>`, no `<!--`, no separators that old readers break at. */
function escapeForScript(json: string): string {
  return json.replaceAll(
    /[<\u007f-\u009f\u2028\u2029]/g,
    (sign) => String.raw`\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
