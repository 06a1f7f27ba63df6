import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { projectFolder } from './command-line-fixture.ts';
import { startLanguageServer, type LanguageServer } from './language-server-for-tests.ts';

// the server as an editor runs it, on a file that stands in the suite and names the schema as all others do

const uri = pathToFileURL(`${projectFolder}/scenarios/emailmassivo/billing/being-written.scenario.yaml`).href;

async function open(server: LanguageServer, text: string): Promise<void> {
  await server.ask('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(projectFolder).href,
    capabilities: { textDocument: { completion: { completionItem: {} }, publishDiagnostics: {} } },
  });
  server.tell('initialized', {});
  server.tell('textDocument/didOpen', {
    textDocument: {
      uri,
      languageId: 'yaml',
      version: 1,
      text: `# yaml-language-server: $schema=../../scenario.schema.json\n${text}`,
    },
  });
}

async function completionsAt(text: string, line: number, character: number): Promise<readonly string[]> {
  using server = startLanguageServer();
  await open(server, text);
  const answer = await server.ask('textDocument/completion', {
    textDocument: { uri },
    position: { line, character },
  });
  const { items } = answer as { readonly items: readonly { readonly label: string }[] };
  return items.map(({ label }) => label);
}

test(
  'the editor completes the keys of a file and of given, roles and rules',
  { timeout: 60_000 },
  async () => {
    const [keys, given, roles, rules] = await Promise.all([
      completionsAt('title: One\n\n', 2, 0),
      completionsAt('title: One\ngiven:\n  \n', 3, 2),
      completionsAt('title: One\ngiven:\n  recipients:\n    to: \n', 4, 8),
      completionsAt('title: One\nabout: \n', 2, 7),
    ]);
    expect(keys).toEqual(expect.arrayContaining(['about', 'given', 'dialogue', 'then', 'cases']));
    expect(given).toEqual(expect.arrayContaining(['balance', 'recipients', 'domain', 'clock']));
    expect(roles).toEqual(expect.arrayContaining(['accepts', 'suppressed', 'full']));
    expect(rules).toEqual(expect.arrayContaining(['billing.per-recipient', 'error.450']));
  },
);

test('the editor marks a misspelt key where it stands', { timeout: 60_000 }, async () => {
  using server = startLanguageServer();
  await open(server, 'title: One\nabout: error.450\ngiven:\n  balence: 2\ndialogue: |\n  C: <session>\n');
  const { diagnostics } = (await server.heard('textDocument/publishDiagnostics')) as {
    readonly diagnostics: readonly { readonly message: string; readonly range: object }[];
  };
  expect(diagnostics).toEqual([
    expect.objectContaining({
      message: expect.stringContaining('balence'),
      range: { start: { line: 4, character: 2 }, end: { line: 4, character: 9 } },
    }),
  ]);
});
