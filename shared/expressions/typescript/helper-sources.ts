/**
 * The functions that generated TypeScript needs beyond the language, with their text. A generated project has
 * one file with just those it uses; each stands alone.
 */
export const helperSources = {
  exact: `/** An integer that a number holds exactly; throws where an integer result went beyond ±(2^53 − 1). */
export function exact(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(\`\${value} is not an exact integer\`);
  return value;
}`,
  divide: `/** Integer division: truncates towards zero, and throws on division by zero. */
export function divide(dividend: number, divisor: number): number {
  if (divisor === 0) throw new RangeError('division by zero');
  return Math.trunc(dividend / divisor);
}`,
  remainder: `/** The remainder of integer division, with the sign of the dividend; throws on division by zero. */
export function remainder(dividend: number, divisor: number): number {
  if (divisor === 0) throw new RangeError('division by zero');
  return dividend % divisor;
}`,
  truncate: `/** The integer of a double, without its fraction; throws where there is no exact one. */
export function truncate(value: number): number {
  const whole = Math.trunc(value);
  if (!Number.isSafeInteger(whole)) throw new RangeError(\`\${value} has no exact integer\`);
  return whole;
}`,
  parseInteger: `/** The integer that a text says in decimal digits. */
export function parseInteger(text: string): number {
  const value = Number(text);
  if (!/^[+-]?\\d+$/.test(text) || !Number.isSafeInteger(value)) {
    throw new RangeError(\`"\${text}" is not an integer\`);
  }
  return value;
}`,
  parseDouble: `/** The number that a text says in decimal digits. */
export function parseDouble(text: string): number {
  if (!/^[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?$/.test(text)) throw new RangeError(\`"\${text}" is not a number\`);
  return Number(text);
}`,
  parseTimestamp: `/** The instant that a text says in RFC 3339, as milliseconds since the epoch. */
export function parseTimestamp(text: string): number {
  const value = Date.parse(text);
  if (!/^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$/.test(text) || Number.isNaN(value)) {
    throw new RangeError(\`"\${text}" is not a time stamp such as 2026-01-31T12:00:00Z\`);
  }
  return value;
}`,
  itemAt: `/** The element at an index; throws where the list has none. */
export function itemAt<T>(list: readonly T[], index: number): T {
  if (!(index in list)) throw new RangeError(\`no element \${index} in a list of \${list.length}\`);
  return list[index] as T;
}`,
  entryOf: `/** The value of a key; throws where the map has none. */
export function entryOf<T>(map: Readonly<Record<string, T>>, key: string): T {
  if (!Object.hasOwn(map, key)) throw new RangeError(\`no key "\${key}" in the map\`);
  return map[key] as T;
}`,
  isEqual: `/** Whether two values have the same content; a missing field and a null one are the same. */
export function isEqual(left: unknown, right: unknown): boolean {
  if (left === right || (left == null && right == null)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  const fieldOf = (value: object, name: string): unknown =>
    Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  return [...names].every((name) => isEqual(fieldOf(left, name), fieldOf(right, name)));
}`,
  replaceText: `/** The text with every occurrence of a part replaced. */
export function replaceText(text: string, part: string, by: string): string {
  return text.replaceAll(part, () => by);
}`,
  lowerAscii: `/** The text with A to Z in lower case and all else as it is. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}`,
  upperAscii: `/** The text with a to z in upper case and all else as it is. */
export function upperAscii(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}`,
} as const;

export type HelperName = keyof typeof helperSources;

/** One file with the helpers asked for, in a fixed order; an empty text for none. */
export function emitHelpers(used: Iterable<HelperName>): string {
  const names = new Set(used);
  const all = Object.entries(helperSources).filter(([name]) => (names as Set<string>).has(name));
  return all.length === 0 ? '' : `${all.map(([, source]) => source).join('\n\n')}\n`;
}
