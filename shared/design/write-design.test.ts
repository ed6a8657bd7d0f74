import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design } from './design.ts';
import { parseDesign } from './parse-design.ts';
import { arbitraryDesign } from './testing/arbitrary-design.ts';
import { buildDesign, buildService, buildTopic } from './testing/build-design.ts';
import { writeDesign } from './write-design.ts';

const design = buildDesign({
  schemas: [
    { id: 'order', name: 'Order', kind: 'record', fields: [{ type: { list: 'int' }, name: 'lines' }] },
    { id: 'state', name: 'State', kind: 'enum', symbols: ['CREATED', 'FAILED'] },
  ],
  topics: [buildTopic('orders', { config: { z: '1', a: '2' }, sourceOfTruth: true })],
  services: [
    buildService(
      'sorter',
      [
        { topic: 'orders', kind: 'stream', name: 'Orders', id: 'orders-in' },
        {
          id: 'keep',
          name: 'Keep what is worth it, and nothing else',
          kind: 'filter',
          note: 'Said so',
          condition: 'value.lines.exists(line, line > 100) && key != ""',
        },
      ],
      ['orders-in > keep'],
    ),
  ],
  layout: { nodes: { sorter: { y: 20, x: 300, width: 400 }, orders: { x: 0, y: 20.5 } } },
});

const text = `{
  "format": "millstream-design", "version": 1,
  "name": "Test",
  "schemas": [
    {
      "id": "order", "name": "Order", "kind": "record",
      "fields": [
        { "name": "lines", "type": { "list": "int" } }
      ]
    },
    {
      "id": "state", "name": "State", "kind": "enum",
      "symbols": ["CREATED", "FAILED"]
    }
  ],
  "topics": [
    {
      "id": "orders", "name": "orders", "role": "event",
      "partitions": 1, "replication": 1, "cleanup": "delete", "retentionMs": null,
      "sourceOfTruth": true,
      "key": { "type": "string" }, "value": { "type": "string" },
      "config": { "a": "2", "z": "1" }
    }
  ],
  "services": [
    {
      "id": "sorter", "name": "sorter", "applicationId": "sorter",
      "guarantee": "at_least_once", "instances": 1,
      "operators": [
        { "id": "orders-in", "name": "Orders", "kind": "stream", "topic": "orders" },
        {
          "id": "keep", "name": "Keep what is worth it, and nothing else", "kind": "filter",
          "note": "Said so",
          "condition": "value.lines.exists(line, line > 100) && key != \\"\\""
        }
      ],
      "wires": [
        { "id": "sorter-wire-0", "from": { "operator": "orders-in", "port": "out" }, "to": { "operator": "keep", "port": "in" } }
      ]
    }
  ],
  "externals": [],
  "requests": [],
  "feeds": [],
  "notes": [],
  "layout": {
    "nodes": {
      "orders": { "x": 0, "y": 20.5 },
      "sorter": { "x": 300, "y": 20, "width": 400 }
    }
  }
}
`;

describe('writeDesign', { timeout: 120_000 }, () => {
  it('writes by subject, in the order of the model', () => {
    expect(writeDesign(design)).toBe(text);
  });

  it('loses nothing, and writes what it read byte for byte', () => {
    fc.assert(
      fc.property(arbitraryDesign(), (any) => {
        const written = writeDesign(any);
        const read = parseDesign(written);
        expect(read).toEqual({ ok: true, value: any });
        if (read.ok) expect(writeDesign(read.value)).toBe(written);
      }),
      { numRuns: 200 },
    );
  });

  it('does not depend on the order in which fields came to be', () => {
    fc.assert(
      fc.property(arbitraryDesign(), (any) => {
        expect(writeDesign(backwards(any) as Design)).toBe(writeDesign(any));
      }),
    );
  });

  it('changes one line when a box is moved', () => {
    const moved = { ...design, layout: { nodes: { ...design.layout.nodes, orders: { x: 7, y: 8 } } } };
    const before = writeDesign(design).split('\n');
    const after = writeDesign(moved).split('\n');
    expect(after).toHaveLength(before.length);
    expect(after.filter((line, at) => line !== before[at])).toEqual(['      "orders": { "x": 7, "y": 8 },']);
  });
});

function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, backwards(each)]),
  );
}
