import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';

/**
 * An order to the sandbox: what depends on it is read again, and `done` says that it is so. A refusal is shown with what
 * `failed` calls it, and why.
 */
export function useOrder<Input, Output>(
  order: (input: Input) => Promise<Output>,
  words: {
    readonly done?: string | ((output: Output) => string);
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
      notifications.show({ color: 'teal', message: typeof done === 'string' ? done : done(output) });
    },
    onError: (error) => {
      notifications.show({ color: 'red', title: words.failed, message: error.message, autoClose: 10_000 });
    },
  });
}
