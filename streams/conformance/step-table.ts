import { stepFormat } from './case-format.ts';

interface StepFields {
  readonly op: string;
  /** Those in brackets may be left out. */
  readonly names: readonly string[];
}

/** The fields of each step of a topology. */
export function stepFields(): StepFields[] {
  return stepFormat.options.map(({ shape }) => ({
    op: shape.op.value,
    names: Object.entries(shape)
      .filter(([field]) => field !== 'op')
      .map(([field, type]) => (type.isOptional() ? `[${field}]` : field)),
  }));
}

/** Markdown: each step with its fields. */
export function stepTable(): string {
  const rows = stepFields().map(({ op, names }) => `| \`${op}\` | ${names.join(' ')} |`);
  return ['| step | fields |', '|---|---|', ...rows].join('\n');
}
