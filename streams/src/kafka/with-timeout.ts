/** A request that was never answered. Its connection cannot be trusted any more. */
export class UnansweredError extends Error {
  override readonly name = 'UnansweredError';
}

/** The result of `work`, or `UnansweredError` when it takes too long; `work` itself is not stopped. */
export async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new UnansweredError(`No answer within ${timeoutMs} ms.`)), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
