import { assertNever } from '../base/assert-never.ts';
import type { Design } from '../design/design.ts';
import type { ExpressionSlot, VariableType } from '../design/queries/expression-slots.ts';
import type { ExpressionEnvironment } from './check-expression.ts';
import {
  createTypeResolver,
  dynType,
  type ExpressionType,
  listOf,
  nullable,
  recordOf,
  type TypeResolver,
  timestampType,
} from './expression-type.ts';

const resolvers = new WeakMap<Design, TypeResolver>();
const windowType = recordOf('window', { start: timestampType, end: timestampType });

/** What the expression of a slot may use, and what it must give. */
export function environmentOf(design: Design, slot: ExpressionSlot): ExpressionEnvironment {
  const resolver = typesOf(design);
  const variables = Object.fromEntries(
    Object.entries(slot.variables).map(([name, type]) => [name, typeOf(resolver, type)]),
  );
  return slot.expected === null ? { variables } : { variables, expected: resolver.of(slot.expected) };
}

/** The types of a design’s schemas, made once for each design object. */
export function typesOf(design: Design): TypeResolver {
  const known = resolvers.get(design);
  if (known) return known;
  const made = createTypeResolver(design.schemas);
  resolvers.set(design, made);
  return made;
}

function typeOf(resolver: TypeResolver, variable: VariableType): ExpressionType {
  switch (variable.of) {
    case 'type': {
      const type = resolver.of(variable.type);
      return variable.nullable ? nullable(type) : type;
    }
    case 'list':
      return listOf(variable.type === null ? dynType : resolver.of(variable.type));
    case 'window':
      return windowType;
    case 'unknown':
      return dynType;
    default:
      return assertNever(variable, 'variable type');
  }
}
