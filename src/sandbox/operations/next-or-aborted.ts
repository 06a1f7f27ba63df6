/** Resolves with what comes next or when the signal is given, and takes its listener off the signal again. */
export async function nextOrAborted(next: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const aborted = Promise.withResolvers<void>();
  const hear = () => aborted.resolve();
  signal.addEventListener('abort', hear, { once: true });
  try {
    await Promise.race([next, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', hear);
  }
}
