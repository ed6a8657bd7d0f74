/**
 * Questions for single keys that are put in the same turn are asked together, so that a caller who wants a hundred
 * groups costs one request to each coordinator.
 */
export function askTogether<T>(ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>) {
  let next: { readonly keys: Set<string>; readonly answer: Promise<ReadonlyMap<string, T>> } | null = null;
  return async (key: string): Promise<T | undefined> => {
    if (!next) {
      const keys = new Set<string>();
      const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        next = null;
        return ask([...keys]);
      });
      next = { keys, answer };
    }
    next.keys.add(key);
    return (await next.answer).get(key);
  };
}
