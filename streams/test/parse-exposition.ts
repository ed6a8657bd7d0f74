/** A series of the exposition text: its labels and value. */
export interface ParsedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A family of the exposition text. */
export interface ParsedFamily {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: ParsedSample[];
}

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Reads Prometheus' text format 0.0.4 and throws at anything that is not exactly as the format and the
 * naming rules want it: HELP, TYPE and samples together, names, escapes, numbers, no series twice.
 */
export function parseExposition(text: string): Map<string, ParsedFamily> {
  if (!text.endsWith('\n')) throw new Error('The last line has no end.');
  const families = new Map<string, ParsedFamily>();
  const seen = new Set<string>();
  let help: { name: string; text: string } | null = null;
  let family: ParsedFamily | null = null;
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line);
    if (comment?.[1] === 'HELP') {
      help = { name: nameOf(comment[2]), text: unescaped(comment[3] ?? '', /\\([\\n])/g) };
    } else if (comment !== null) {
      const name = nameOf(comment[2]);
      if (help?.name !== name) throw new Error(`TYPE of ${name} without its HELP before it.`);
      if (families.has(name)) throw new Error(`${name} comes twice.`);
      family = { name, help: help.text, type: typeOf(name, comment[3]), samples: [] };
      families.set(name, family);
    } else {
      const sample = parseSample(line);
      if (family === null || !belongs(sample.name, family))
        throw new Error(`${sample.name} is not where it belongs.`);
      const series = `${sample.name} ${JSON.stringify(Object.entries(sample.labels).sort())}`;
      if (seen.has(series)) throw new Error(`${series} comes twice.`);
      seen.add(series);
      family.samples.push(sample);
    }
  }
  for (const each of families.values()) assertComplete(each);
  return families;
}

function nameOf(text: string | undefined): string {
  if (text === undefined || !metricName.test(text)) throw new Error(`"${text}" is not a metric's name.`);
  return text;
}

function typeOf(name: string, type: string | undefined): string {
  if (type !== 'counter' && type !== 'gauge' && type !== 'histogram')
    throw new Error(`${name}: type ${type}.`);
  if ((type === 'counter') !== name.endsWith('_total'))
    throw new Error(`${name} is a ${type}: only counters end in _total.`);
  return type;
}

function belongs(name: string, family: ParsedFamily): boolean {
  if (family.type !== 'histogram') return name === family.name;
  return ['_bucket', '_sum', '_count'].some((suffix) => name === family.name + suffix);
}

function parseSample(line: string): ParsedSample {
  const match = /^([^\s{]+)(?:\{(.*)\})? (\S+)$/.exec(line);
  if (match === null) throw new Error(`Not a sample: ${line}`);
  const value = Number(match[3]);
  if (!/^[-+]?(\d|\.\d)/.test(match[3] ?? '') || Number.isNaN(value))
    throw new Error(`Not a number: ${line}`);
  return { name: nameOf(match[1]), labels: parseLabels(match[2] ?? ''), value };
}

function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  const pair = /([^=]+)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/y;
  while (pair.lastIndex < text.length) {
    const match = pair.exec(text);
    const name = match?.[1] ?? '';
    if (match === null || !labelName.test(name) || name in labels) throw new Error(`Labels: ${text}`);
    labels[name] = unescaped(match[2] ?? '', /\\([\\"n])/g);
  }
  return labels;
}

function unescaped(text: string, escapes: RegExp): string {
  return text.replace(escapes, (_all, character: string) => (character === 'n' ? '\n' : character));
}

function assertComplete({ name, type, samples }: ParsedFamily): void {
  if (samples.length === 0) throw new Error(`${name} has no samples.`);
  if (type === 'counter' && samples.some(({ value }) => value < 0)) throw new Error(`${name} is negative.`);
  if (type !== 'histogram') return;
  const buckets = samples.filter((sample) => sample.name === `${name}_bucket`);
  const bounds = buckets.map(({ labels }) => (labels.le === '+Inf' ? Infinity : Number(labels.le)));
  const ascending = (values: readonly number[]): boolean =>
    values.every((value, index) => index === 0 || value >= (values[index - 1] ?? 0));
  const count = samples.find((sample) => sample.name === `${name}_count`)?.value;
  if (bounds.at(-1) !== Infinity || !ascending(bounds) || !ascending(buckets.map(({ value }) => value)))
    throw new Error(`The buckets of ${name} are not ascending to +Inf.`);
  if (buckets.at(-1)?.value !== count || !samples.some((sample) => sample.name === `${name}_sum`))
    throw new Error(`The count or the sum of ${name} is wrong.`);
}
