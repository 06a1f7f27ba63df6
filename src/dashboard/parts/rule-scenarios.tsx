import { Box, Code, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { SuiteCase } from '../../control-api/report-schemas.ts';
import { CopyIcon } from './copy.tsx';
import { many } from './words.tsx';

/** The scenarios that hold a rule, behind their number; each with the command that plays it. */
export function RuleScenarios({ scenarios }: { readonly scenarios: readonly SuiteCase[] }) {
  const [isOpen, setOpen] = useState(false);
  if (scenarios.length === 0) {
    return (
      <Text size="sm" c="dimmed" mt="sm">
        No scenario of the suite holds it.
      </Text>
    );
  }
  return (
    <details className="rule-scenarios" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{many(scenarios.length, 'scenario')}</summary>
      {/* hundreds of lists that nobody opens would make the page slow */}
      {isOpen && (
        <Box component="ul" m={0} p={0}>
          {scenarios.map(({ id, title, modes }) => (
            <Group key={id} component="li" wrap="nowrap" gap="xs" align="flex-start" className="ruled" py={6}>
              <Box flex={1} miw={0}>
                <Text size="sm">{title}</Text>
                <Group gap="xs">
                  <Code className="wrap-anywhere">gauntlet run {id}</Code>
                  <Text size="xs" c="dimmed">
                    {modes.join(', ')}
                  </Text>
                </Group>
              </Box>
              <CopyIcon value={`gauntlet run ${id}`} label={`the command for ${id}`} />
            </Group>
          ))}
        </Box>
      )}
    </details>
  );
}
