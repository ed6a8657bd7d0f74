import type { HistogramFigures } from '../kafka/histogram.ts';

/** One number of a family. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric with all its samples; a counter's name ends in `_total`. */
export type Family =
  | {
      readonly type: 'counter' | 'gauge';
      readonly name: string;
      readonly help: string;
      readonly samples: readonly Sample[];
    }
  | {
      readonly type: 'histogram';
      readonly name: string;
      readonly help: string;
      readonly figures: HistogramFigures;
    };

/** Prometheus' text format, version 0.0.4. A family without samples is left out. */
export function writeExposition(families: readonly Family[]): string {
  return families.map(writeFamily).join('');
}

function writeFamily(family: Family): string {
  const lines =
    family.type === 'histogram' ? histogramLines(family.name, family.figures) : plainLines(family);
  if (lines.length === 0) return '';
  const help = family.help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
  return [`# HELP ${family.name} ${help}`, `# TYPE ${family.name} ${family.type}`, ...lines, ''].join('\n');
}

function plainLines(family: Exclude<Family, { type: 'histogram' }>): string[] {
  return family.samples.map(({ labels, value }) => line(family.name, labels, value));
}

function histogramLines(name: string, figures: HistogramFigures): string[] {
  const { bounds, counts, count, sum } = figures;
  return [
    ...bounds.map((bound, index) => line(`${name}_bucket`, { le: String(bound) }, counts[index] ?? 0)),
    line(`${name}_bucket`, { le: '+Inf' }, count),
    line(`${name}_sum`, {}, sum),
    line(`${name}_count`, {}, count),
  ];
}

function line(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const pairs = Object.entries(labels).map(([key, label]) => `${key}="${escapeLabel(label)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
}

function escapeLabel(label: string): string {
  return label.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}
