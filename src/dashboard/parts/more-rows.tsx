import { Button, Group } from '@mantine/core';

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
