/**
 * Compares a value from outside with what is expected, and gives one sentence for each fault.
 * `path` says where the value was found; it is empty for the whole.
 */
export type Check = (value: unknown, path: string) => string[];

export const text: Check = (value, path) =>
  typeof value === 'string' ? [] : [expected('a text', value, path)];

export const wholeNumber: Check = (value, path) =>
  Number.isSafeInteger(value) ? [] : [expected('a whole number', value, path)];

export const number: Check = (value, path) =>
  Number.isFinite(value) ? [] : [expected('a number', value, path)];

export const trueOrFalse: Check = (value, path) =>
  typeof value === 'boolean' ? [] : [expected('true or false', value, path)];

export const instant: Check = (value, path) =>
  Number.isSafeInteger(value) ? [] : [expected('milliseconds since 1970', value, path)];

export const base64: Check = (value, path) =>
  typeof value === 'string' &&
  /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)
    ? []
    : [expected('bytes in base 64', value, path)];

export function oneOf(symbols: readonly string[]): Check {
  return (value, path) =>
    symbols.some((symbol) => symbol === value)
      ? []
      : [expected(`one of ${symbols.join(', ')}`, value, path)];
}

export function optional(check: Check): Check {
  return (value, path) => (value === undefined || value === null ? [] : check(value, path));
}

export function listOf(check: Check): Check {
  return (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => check(item, `${path}[${index}]`))
      : [expected('a list', value, path)];
}

export function mapOf(check: Check): Check {
  return (value, path) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => check(item, within(path, key)))
      : [expected('an object', value, path)];
}

/** An object with exactly these fields. */
export function record(name: string, fields: Readonly<Record<string, Check>>): Check {
  const checks = Object.entries(fields);
  return (value, path) => {
    if (!isObject(value)) return [expected(`an object (${name})`, value, path)];
    const unknown = Object.keys(value).filter((field) => !Object.hasOwn(fields, field));
    return [
      ...checks.flatMap(([field, check]) => check(fieldOf(value, field), within(path, field))),
      ...unknown.map((field) => `${within(path, field)} is not a field of ${name}`),
    ];
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldOf(value: Readonly<Record<string, unknown>>, field: string): unknown {
  return Object.hasOwn(value, field) ? value[field] : undefined;
}

function within(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}

function expected(what: string, value: unknown, path: string): string {
  const where = path === '' ? 'the whole' : path;
  if (value === undefined) return `${where} is missing`;
  const found = JSON.stringify(value) ?? String(value);
  const shown = found.length > 60 ? `${found.slice(0, 57)}...` : found;
  return `${where} must be ${what}, not ${shown}`;
}
