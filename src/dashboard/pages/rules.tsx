import { Badge, Blockquote, Card, Code, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Scale } from 'lucide-react';
import type { Vocabulary } from '../../control-api/vocabulary-schemas.ts';
import type { SuiteCase } from '../../control-api/report-schemas.ts';
import { vocabularyQuestion } from '../api/questions.ts';
import { scenariosByRuleQuestion } from '../api/report-questions.ts';
import { withChosen } from '../parts/filters.tsx';
import { Answered, Empty, Page } from '../parts/page.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { RuleScenarios } from '../parts/rule-scenarios.tsx';

const route = getRouteApi('/accounts/$account/rules');

type Rule = Vocabulary['rules'][number];

/** Colours of the bases, in the order in which the gateway names them. */
const colours = ['indigo', 'cyan', 'grape', 'yellow', 'gray'] as const;

/** Every rule that the gateway keeps, with where it comes from. */
export function RulesPage() {
  const question = useQuery(vocabularyQuestion);
  const { data: scenarios } = useQuery(scenariosByRuleQuestion);
  const { search, basis } = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (change: { readonly search?: string; readonly basis?: string }) => {
    const all = { search, basis, ...change };
    void navigate({
      search: Object.fromEntries(
        Object.entries(all).filter(([, value]) => value !== undefined && value !== ''),
      ),
      replace: true,
    });
  };
  return (
    <Page
      title="Rules"
      lead="What this gateway promises, the sentence from which each promise comes, and the scenarios that hold it."
    >
      <Group align="flex-end" gap="sm">
        <SearchField
          placeholder="Words of the rule, its id, a reply, or a scenario’s id"
          words={search ?? ''}
          onFind={(words) => choose({ search: words })}
        />
        <NativeSelect
          label="Basis"
          data={withChosen(
            [
              { value: '', label: 'All' },
              ...(question.data?.bases ?? []).map(({ name, meaning }) => ({
                value: name,
                label: `${name}: ${meaning}`,
              })),
            ],
            basis,
          )}
          value={basis ?? ''}
          onChange={(event) => choose({ basis: event.currentTarget.value })}
        />
      </Group>
      <Answered question={question} what="The rules">
        {({ rules, bases }) => {
          const shown = rules.filter(
            (rule) =>
              (basis === undefined || rule.basis === basis) &&
              holds(rule, scenarios?.get(rule.id) ?? [], search ?? ''),
          );
          return shown.length === 0 ? (
            <Empty icon={Scale} title="No rule has these words">
              Fewer words, or all bases, may find it.
            </Empty>
          ) : (
            <Stack gap="sm">
              {shown.map((rule) => (
                <RuleCard
                  key={rule.id}
                  rule={rule}
                  color={colours[bases.findIndex(({ name }) => name === rule.basis)] ?? 'gray'}
                  meaning={bases.find(({ name }) => name === rule.basis)?.meaning}
                  // a sandbox without the suite knows of none
                  scenarios={
                    scenarios === undefined || scenarios.size === 0
                      ? undefined
                      : (scenarios.get(rule.id) ?? [])
                  }
                />
              ))}
            </Stack>
          );
        }}
      </Answered>
    </Page>
  );
}

/** Whether each word stands in the rule; one with a slash is a scenario's, by which its rules are found. */
function holds(rule: Rule, scenarios: readonly SuiteCase[], search: string): boolean {
  const text = [rule.id, rule.statement, rule.source, ...rule.replies].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(
      (word) => text.includes(word) || (word.includes('/') && scenarios.some(({ id }) => id.includes(word))),
    );
}

/** A sentence in which backticks make code. */
function Prose({ text }: { readonly text: string }) {
  const parts = text.split('`');
  return (
    <Text>
      {parts.map((part, at) =>
        at % 2 === 0 ? (
          part
        ) : (
          // parts of a text never move
          // oxlint-disable-next-line react/no-array-index-key
          <Code key={at}>{part}</Code>
        ),
      )}
    </Text>
  );
}

function RuleCard(props: {
  readonly rule: Rule;
  readonly color: string;
  /** What its basis means. */
  readonly meaning: string | undefined;
  readonly scenarios: readonly SuiteCase[] | undefined;
}) {
  const { rule, color, meaning, scenarios } = props;
  return (
    <Card padding="md" id={rule.id}>
      <Group gap="xs" mb={6}>
        <Code fw={600} bg="transparent" px={0} fz="sm" className="wrap-anywhere">
          {rule.id}
        </Code>
        <Badge
          color={color}
          tt="none"
          className="state"
          title={meaning}
          style={{ '--state': `var(--mantine-color-${color}-filled)` }}
        >
          {rule.basis}
        </Badge>
        {rule.level !== null && <Badge variant="default">{rule.level}</Badge>}
      </Group>
      <Prose text={rule.statement} />
      {rule.replies.length > 0 && (
        <Stack gap={2} mt="xs">
          {rule.replies.map((reply) => (
            <Code key={reply} className="wrap-anywhere" w="fit-content">
              {reply}
            </Code>
          ))}
        </Stack>
      )}
      {rule.source !== '' && (
        <Blockquote mt="sm" p="xs" pl="md" color={color} fz="sm" c="dimmed">
          {rule.source}
        </Blockquote>
      )}
      {scenarios !== undefined && <RuleScenarios scenarios={scenarios} />}
    </Card>
  );
}
