import { describe, expect, it } from 'vitest';
import { applyCommand } from './commands/apply-command.ts';
import { emptyDesign, freshOperator, freshService, freshTopic, newId } from './create.ts';
import type { Design } from './design.ts';
import { operatorKinds, operatorRegistry } from './operators/registry.ts';
import { parseDesign } from './parse-design.ts';
import { buildDesign, buildService } from './testing/build-design.ts';
import { writeDesign } from './write-design.ts';

const withService = buildDesign({ services: [buildService('home', [])] });

function added(design: Design, kind: (typeof operatorKinds)[number]): Design {
  const operator = freshOperator(kind, design);
  const result = applyCommand(design, { do: 'addOperator', service: 'home', operator });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.design;
}

it('an empty design opens', () => {
  expect(parseDesign(writeDesign(emptyDesign('Mine'))).ok).toBe(true);
});

describe('a fresh operator', () => {
  it.each(operatorKinds)('%s can be added twice', (kind) => {
    const design = added(added(withService, kind), kind);
    expect(parseDesign(writeDesign(design))).toEqual({ ok: true, value: design });
    expect(design.services[0]?.operators.map(({ name }) => name)).toEqual([
      operatorRegistry[kind].title,
      operatorRegistry[kind].title,
    ]);
  });

  it('has its id from its title, and a store of its own', () => {
    const design = added(withService, 'aggregate');
    expect(freshOperator('aggregate', design)).toMatchObject({ id: 'aggregate-2', store: 'counts2' });
    expect(freshOperator('globalTable', design).id).toBe('global-table');
  });
});

describe('fresh topics and services', () => {
  it('take the next free id and name', () => {
    const design = buildDesign({ topics: [freshTopic(emptyDesign('x'))] });
    expect(freshTopic(design)).toMatchObject({ id: 'new-topic-2', name: 'new-topic-2' });
    expect(freshService(design, 'Fraud check')).toMatchObject({
      id: 'fraud-check',
      applicationId: 'fraud-check',
    });
  });

  it('keep clear of ids that are about to be taken', () => {
    expect(newId(withService, 'Home', ['home-2'])).toBe('home-3');
  });
});
