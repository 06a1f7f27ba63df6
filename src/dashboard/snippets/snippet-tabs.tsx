import { Stack, Tabs } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { CodeBlock } from '../parts/copy.tsx';
import { downloadAuthority, snippetsFor, type SendTarget } from './snippets.ts';

/** The snippets by language; the language that was chosen is remembered. */
export function SnippetTabs({ target }: { readonly target: SendTarget }) {
  const snippets = snippetsFor(target);
  const [language, setLanguage] = useLocalStorage({ key: 'snippet-language', defaultValue: 'curl' });
  return (
    <Tabs value={language} onChange={(value) => value !== null && setLanguage(value)} keepMounted={false}>
      <Tabs.List>
        {snippets.map((each) => (
          <Tabs.Tab key={each.language} value={each.language}>
            {each.language}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {snippets.map((each) => (
        <Tabs.Panel key={each.language} value={each.language} pt="md">
          <Stack gap="xs">
            <CodeBlock
              code={[downloadAuthority(target), ...(each.setup === undefined ? [] : [each.setup])].join('\n')}
              label={
                each.setup === undefined
                  ? 'First: trust this sandbox'
                  : 'First: trust this sandbox, and install the package'
              }
            />
            <CodeBlock code={each.code} label={`Then: ${each.language}`} />
          </Stack>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
