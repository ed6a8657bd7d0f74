/** The things that share a key with an earlier one, each with the first that has it; in the order given. */
export function repeated<T>(
  things: readonly T[],
  keyOf: (thing: T) => string | null,
): readonly (readonly [T, T])[] {
  const first = new Map<string, T>();
  const found: (readonly [T, T])[] = [];
  for (const thing of things) {
    const key = keyOf(thing);
    if (key === null) continue;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, thing);
    else found.push([thing, earlier]);
  }
  return found;
}
