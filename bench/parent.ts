import { z } from 'zod';

const questionSchema = z.object({ id: z.int(), kind: z.string(), payload: z.unknown() });

/** What a child can be asked, by kind. */
export type Answers = Readonly<Record<string, (payload: unknown) => unknown>>;

/** Answers the process that started this one, and leaves when that one goes or lets go. */
export function answerParent(answers: Answers, end: () => Promise<void> = async () => undefined): void {
  process.on('message', (message) => {
    const { id, kind, payload } = questionSchema.parse(message);
    void answerOne(answers, kind, payload).then(
      (answer) => process.send?.({ id, answer }),
      (fault: unknown) => process.send?.({ id, fault: String(fault) }),
    );
  });
  process.on('disconnect', () => {
    void end().finally(() => process.exit());
  });
}

async function answerOne(answers: Answers, kind: string, payload: unknown): Promise<unknown> {
  const answer = answers[kind];
  if (answer === undefined) throw new Error(`nobody here answers ${kind}`);
  return answer(payload);
}
