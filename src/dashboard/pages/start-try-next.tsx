import { Card, Code, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { vocabularyQuestion } from '../api/questions.ts';
import { CopyIcon } from '../parts/copy.tsx';

/** Recipients whose name says what becomes of mail to them. */
export function TryNext() {
  const { data } = useQuery(vocabularyQuestion);
  if (data === undefined) return null;
  return (
    <Stack gap="sm">
      <Stack gap={2}>
        <Title order={2} size="h4">
          Try what can happen
        </Title>
        <Text c="dimmed" size="sm">
          Send to one of these recipients, and see how your program takes it.
        </Text>
      </Stack>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
        {data.roles.flatMap(({ name, meaning, reservedAddress }) =>
          reservedAddress === null ? (
            []
          ) : (
            <Card key={name} padding="sm">
              <Group justify="space-between" wrap="nowrap" gap={4}>
                <Code className="wrap-anywhere" bg="transparent" px={0}>
                  {reservedAddress}
                </Code>
                <CopyIcon value={reservedAddress} label={reservedAddress} />
              </Group>
              <Text size="sm" c="dimmed">
                {meaning}
              </Text>
            </Card>
          ),
        )}
      </SimpleGrid>
    </Stack>
  );
}
