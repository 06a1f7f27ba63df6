import { Button, Center, Group, Loader, Text } from '@mantine/core';
import { useEffect } from 'react';

/** A paged question, as far as the button below its rows needs it. */
export interface PagedQuestion {
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
 * Reads on while the pages so far have no row: one call of a search looks at a bounded number of rows. It stops at the
 * first row and at the end.
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
