const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** The milliseconds of a text such as `1h30m` or `1.5s`; undefined where it is none, or not whole milliseconds. */
export function parseDuration(text: string): number | undefined {
  if (!/^-?(\d+(\.\d+)?(ms|h|m|s))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount = '', unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)) {
    total += Number(amount) * (unitMs[unit] ?? Number.NaN);
  }
  const signed = text.startsWith('-') ? -total : total;
  return Number.isSafeInteger(signed) ? signed : undefined;
}
