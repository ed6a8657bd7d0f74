import type { Design } from '#shared/design/design.ts';
import type { OperatorOf } from '#shared/design/operators/registry.ts';
import { feedsInto } from '#shared/design/queries/topic-use.ts';
import { compileExpression } from '#shared/expressions/compile-expression.ts';
import { intType } from '#shared/expressions/expression-type.ts';
import type { Json } from '#shared/expressions/typed-expression.ts';
import { sampleValue } from './sample-value.ts';

export type HttpOperator = OperatorOf<'httpWrite'> | OperatorOf<'httpQuery'>;

export interface PlacedHttpOperator {
  readonly operator: HttpOperator;
  readonly service: string;
}

/** The operators that answer over HTTP, in the order of the file. */
export function httpOperators(design: Design): readonly PlacedHttpOperator[] {
  return design.services.flatMap((service) =>
    service.operators.flatMap((operator) =>
      operator.kind === 'httpWrite' || operator.kind === 'httpQuery'
        ? [{ operator, service: service.name }]
        : [],
    ),
  );
}

/** The parameters that a path names, in its order: of `/orders/{id}` it is `id`. */
export function pathParameters(path: string): readonly string[] {
  return [...path.matchAll(/\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].flatMap(([, name]) => name ?? []);
}

/** The path with its parameters filled in, as a client would write it. */
export function filledPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (part, name: string) => {
    const value = params[name] ?? '';
    return value === '' ? part : encodeURIComponent(value);
  });
}

/**
 * A body to start from: what the gateway's feed would send as its record `n`, so that it fits the rest of the data;
 * without a feed, a value of the schema. Null when the operator accepts nothing in particular.
 */
export function sampleBody(design: Design, operator: OperatorOf<'httpWrite'>, n: number): Json {
  for (const feed of feedsInto(design, operator.id)) {
    const made = typeof feed.value === 'string' ? feedValue(feed.value, n) : null;
    if (made !== null) {
      return made;
    }
  }
  return operator.accepts === null ? null : sampleValue(design, { ref: operator.accepts });
}

function feedValue(source: string, n: number): Json {
  const compiled = compileExpression(source, { variables: { n: intType } });
  const result = compiled.ok ? compiled.value.evaluate({ n }) : compiled;
  return result.ok ? result.value : null;
}
