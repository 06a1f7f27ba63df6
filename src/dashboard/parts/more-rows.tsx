import { Button, Center, Group, Loader, Text } from '@mantine/core';
import { useEffect } from 'react';

/** A paged question, as far as the button below its rows needs it. */
interface PagedQuestion {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** The button that shows the next page below a table; nothing where there is none. */
export function MoreRows(props: { readonly question: PagedQuestion; readonly label: string }) {
  const { question, label } = props;
  if (!question.hasNextPage) return null;
  return (
    <Group justify="center">
      <Button
        variant="default"
        loading={question.isFetchingNextPage}
        onClick={() => void question.fetchNextPage()}
      >
        {label}
      </Button>
    </Group>
  );
}

/**
 * Where the pages that were read so far have no row at all, and there are more of them: one call of a search looks at a
 * bounded number of rows, so that this goes on until one is found or the end is reached.
 */
export function LookingFurther({ question }: { readonly question: PagedQuestion }) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = question;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <Center py={48} role="status">
      <Group gap="sm">
        <Loader size="sm" />
        <Text c="dimmed">Looking further back…</Text>
      </Group>
    </Center>
  );
}
