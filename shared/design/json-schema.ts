import { z } from 'zod';
import { Design, Field, Schema, Service, Topic, Wire } from './design.ts';
import { Operator } from './operators/registry.ts';
import { Expression, TypeRef } from './types.ts';

/** The JSON Schema of the design format, as published in docs/millstream-design.schema.json. */
export function designJsonSchema(): object {
  const names = z.registry<{ id: string; title?: string; description?: string }>();
  names.add(TypeRef, { id: 'Type', description: 'The type of a key, a value or a field.' });
  names.add(Expression, { id: 'Expression', description: 'A CEL expression, or the name of a handler.' });
  names.add(Field, { id: 'Field' });
  names.add(Schema, { id: 'Schema', description: 'A record or an enumeration.' });
  names.add(Topic, { id: 'Topic' });
  names.add(Operator, { id: 'Operator', description: 'One step of a service.' });
  names.add(Wire, { id: 'Wire', description: 'From an output of an operator to an input of another.' });
  names.add(Service, { id: 'Service', description: 'One deployable application.' });
  const { $schema, ...rest } = z.toJSONSchema(Design, { metadata: names });
  return { $schema, title: 'Millstream design, format version 1', ...rest };
}
