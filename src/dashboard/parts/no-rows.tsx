import { Button } from '@mantine/core';
import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { LookingFurther, type PagedQuestion } from './more-rows.tsx';
import { Empty } from './page.tsx';

/** Stands in place of a filtered table that has no row: says whether the search goes on, found nothing, or has no data. */
export function NoRows(props: {
  readonly question: PagedQuestion;
  readonly filters: object;
  readonly onClear: () => void;
  /** The title and the advice where filters are set and no row matches. */
  readonly title: string;
  readonly advice: string;
  /** Shown where no filter is set. */
  readonly children: ReactNode;
}) {
  const { question, filters, onClear, title, advice, children } = props;
  if (question.hasNextPage) return <LookingFurther question={question} />;
  if (Object.keys(filters).length === 0) return children;
  return (
    <Empty
      icon={Search}
      title={title}
      action={
        <Button variant="default" onClick={onClear}>
          Clear the filters
        </Button>
      }
    >
      {advice}
    </Empty>
  );
}
