import { createHash } from 'node:crypto';
import type { Page } from './pages.ts';

/** What Vite made of a page's modules. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

/**
 * A page that is one file, with `{{about}}`, `{{title}}` and `{{content}}` for the program that fills it in. It loads nothing
 * from elsewhere, and its policy lets no other script and no other style run, whatever the content says. Throws where a part
 * cannot stand in a page.
 */
export function pageTemplate({ name, policy }: Page, { script, style }: PageParts): string {
  // the script would end there, or a program would fill something in there
  if (/<\/script|<!--|\{\{(?:about|title|content)\}\}/i.test(script) || /<\/style|\{\{/i.test(style)) {
    throw new Error(
      `The page ${name} holds a text that ends its script or style, or that is to be filled in.`,
    );
  }
  const policies = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    ...policy,
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="gauntlet-report" content="{{about}}">
<meta http-equiv="Content-Security-Policy" content="${policies.join('; ')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{title}}</title>
<style>${style}</style>
</head>
<body>
{{content}}
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
