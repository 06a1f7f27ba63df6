import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';

/** What is said of an order that was carried out, where that is no good news. */
interface Notice {
  readonly message: string;
  readonly color: string;
}

/**
 * An order to the sandbox: what depends on it is read again, and `done` says that it is so. A refusal is shown with what
 * `failed` calls it, and why.
 */
export function useOrder<Input, Output>(
  order: (input: Input) => Promise<Output>,
  words: {
    readonly done?: string | ((output: Output) => string | Notice);
    /** What did not work, as a heading. */
    readonly failed: string;
  },
): UseMutationResult<Output, Error, Input> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: order,
    onSuccess: async (output) => {
      await client.invalidateQueries({
        predicate: ({ queryKey: [subject] }) => subject !== 'vocabulary',
      });
      const { done } = words;
      if (done === undefined) return;
      const said = typeof done === 'string' ? done : done(output);
      notifications.show({ color: 'teal', ...(typeof said === 'string' ? { message: said } : said) });
    },
    onError: (error) => {
      notifications.show({ color: 'red', title: words.failed, message: error.message, autoClose: 10_000 });
    },
  });
}
