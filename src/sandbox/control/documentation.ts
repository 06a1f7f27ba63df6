import type { OpenAPIHono } from '@hono/zod-openapi';
import { html } from 'hono/html';
import { z } from 'zod';

const operation = z.object({
  summary: z.string().default(''),
  responses: z.record(z.string(), z.unknown()).default({}),
});

/** The OpenAPI document at /openapi.json, and the same as a page at /docs. */
export function addDocumentation(app: OpenAPIHono, version: string): void {
  const info = {
    openapi: '3.1.0',
    info: {
      title: 'SMTP Gauntlet control API',
      version,
      description:
        'Arranges and observes the state of a sandbox: accounts, balance, domains, clocks, history.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
  };
  app.doc31('/openapi.json', info);
  app.get('/docs', (c) => {
    const paths = Object.entries(app.getOpenAPI31Document(info).paths ?? {});
    const rows = paths.flatMap(([path, methods]) =>
      Object.entries(methods ?? {}).map(([method, value]) => {
        const { summary, responses } = operation.parse(value);
        return html`<tr>
          <td><code>${method.toUpperCase()}</code></td>
          <td><code>${path}</code></td>
          <td>${summary}</td>
          <td>${Object.keys(responses).join(', ')}</td>
        </tr>`;
      }),
    );
    return c.html(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>${info.info.title}</title>
            <style>
              :root {
                color-scheme: light dark;
              }
              body {
                font:
                  16px/1.5 system-ui,
                  sans-serif;
                max-width: 75rem;
                margin: 2rem auto;
                padding: 0 1rem;
              }
              table {
                border-collapse: collapse;
                width: 100%;
              }
              th,
              td {
                text-align: left;
                padding: 0.4rem 0.8rem;
                border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent);
                vertical-align: top;
              }
            </style>
          </head>
          <body>
            <main>
              <h1>${info.info.title} ${version}</h1>
              <p>
                ${info.info.description} The whole of it, schemas included:
                <a href="/openapi.json">openapi.json</a>.
              </p>
              <table>
                <thead>
                  <tr>
                    <th scope="col">Method</th>
                    <th scope="col">Path</th>
                    <th scope="col">What it does</th>
                    <th scope="col">Answers</th>
                  </tr>
                </thead>
                <tbody>
                  ${rows}
                </tbody>
              </table>
            </main>
          </body>
        </html>`,
    );
  });
}
