import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { Design, External, Feed, NoteBox, Service, Topic } from '#shared/design/design.ts';
import { Operator, type OperatorKind, operatorKinds } from '#shared/design/operators/registry.ts';
import { AggregationWindow, JoinWindow, Suppress } from '#shared/design/windows.ts';
import { feedFields } from './feed-form.ts';
import { operatorForms } from './operator-forms.ts';
import { externalForm, noteForm, serviceForm } from './other-forms.ts';
import { topicForm } from './topic-form.ts';

interface Named {
  readonly field: string;
}

/** A field that is a part of another, as `window.sizeMs`, stands for the other too. */
function named(fields: readonly Named[]): string[] {
  return fields.flatMap(({ field }) => (field.includes('.') ? [field, field.split('.')[0] ?? ''] : [field]));
}

function grouped(groups: readonly { readonly fields: readonly Named[] }[]): string[] {
  return named(groups.flatMap(({ fields }) => fields));
}

function keys(shape: object, ...apart: readonly string[]): string[] {
  return Object.keys(shape).filter((key) => !apart.includes(key));
}

function shapeOf(kind: OperatorKind): object {
  const option = Operator.options.find(({ shape }) => shape.kind.value === kind);
  return option?.shape ?? {};
}

function nested(field: string, options: readonly z.ZodObject[]): string[] {
  return [...new Set(options.flatMap(({ shape }) => keys(shape, 'kind').map((key) => `${field}.${key}`)))];
}

describe('every field of the format can be set', () => {
  // The panel itself adds the name and the note of every operator.
  test.each(operatorKinds.map((kind) => [kind]))('of an operator of kind %s', (kind) => {
    expect(named(operatorForms[kind])).toEqual(
      expect.arrayContaining(keys(shapeOf(kind), 'id', 'kind', 'name', 'note')),
    );
    expect(keys(shapeOf(kind))).toContain('kind');
  });

  test('of the windows of an aggregation and of a join, and of what is held back', () => {
    expect(named(operatorForms.aggregate)).toEqual(
      expect.arrayContaining([
        ...nested('window', AggregationWindow.options),
        ...nested('suppress', Suppress.options),
      ]),
    );
    expect(named(operatorForms.join)).toEqual(expect.arrayContaining(nested('window', [JoinWindow])));
  });

  test('of a topic', () => {
    const nestedKey = keys(Topic.shape.key.shape, 'type').map((key) => `key.${key}`);
    expect(grouped(topicForm)).toEqual(expect.arrayContaining([...keys(Topic.shape, 'id'), ...nestedKey]));
  });

  test('of a service, whose operators and wires are drawn', () => {
    expect(grouped(serviceForm)).toEqual(
      expect.arrayContaining(keys(Service.shape, 'id', 'operators', 'wires')),
    );
  });

  test('of an external system, whose topics are drawn', () => {
    expect(grouped(externalForm)).toEqual(
      expect.arrayContaining(keys(External.shape, 'id', 'reads', 'writes')),
    );
  });

  test('of a feed, which belongs to what it is shown at, and of a note', () => {
    expect(named(feedFields)).toEqual(expect.arrayContaining(keys(Feed.shape, 'id', 'into')));
    expect(grouped(noteForm)).toEqual(expect.arrayContaining(keys(NoteBox.shape, 'id')));
  });

  test('and a design has no list that no form or drawing knows', () => {
    expect(keys(Design.shape, 'format', 'version', 'layout')).toEqual([
      'name',
      'note',
      'schemas',
      'topics',
      'services',
      'externals',
      'requests',
      'feeds',
      'notes',
    ]);
  });
});
