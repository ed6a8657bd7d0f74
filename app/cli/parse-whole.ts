import { UsageError } from '../usage-error.ts';

export function parseWhole(
  option: string,
  text: string,
  lowest: number,
  highest = Number.MAX_SAFE_INTEGER,
): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= lowest && value <= highest) return value;
  const range = highest === Number.MAX_SAFE_INTEGER ? `from ${lowest}` : `from ${lowest} to ${highest}`;
  throw new UsageError(`${option} takes a whole number ${range}, not "${text}".`);
}
