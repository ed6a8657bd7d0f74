/** Ends a switch over a union: a forgotten member does not compile, and an impossible value is named. */
export function assertNever(value: never, what = 'value'): never {
  throw new Error(`Unexpected ${what}: ${JSON.stringify(value)}`);
}
