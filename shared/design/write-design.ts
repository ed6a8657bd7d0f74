import { Design } from './design.ts';
import { entriesOf, listOf, onOneLine, record, shortOr } from './write/json-lines.ts';
import { inShapeOrder } from './write/shape-order.ts';

/**
 * The text of a design as its file holds it. Equal designs give equal bytes: fields stand in the order of the
 * model, lists in their own order, boxes by id. Lines are cut by subject, not by length, so that two people who
 * change different things change different lines.
 */
export function writeDesign(design: Design): string {
  return `${writeWhole(inShapeOrder(Design, design), 0)}\n`;
}

const lineEach = listOf(onOneLine);
const linesWhenLong = shortOr(lineEach);
const entriesWhenLong = shortOr(entriesOf(onOneLine));

const writeSchema = record({
  groups: [['id', 'name', 'kind']],
  fields: { fields: lineEach, symbols: linesWhenLong },
});

const writeTopic = record({
  groups: [
    ['id', 'name', 'role'],
    ['partitions', 'replication', 'cleanup', 'retentionMs'],
    ['sourceOfTruth', 'private'],
    ['key', 'value'],
  ],
  fields: {
    config: entriesWhenLong,
    ownership: shortOr(record({ groups: [], fields: { owners: lineEach } })),
  },
});

const writeOperator = shortOr(
  record({
    groups: [['id', 'name', 'kind']],
    fields: { branches: lineEach, config: entriesWhenLong, fields: linesWhenLong, routes: linesWhenLong },
  }),
);

const writeService = record({
  groups: [
    ['id', 'name', 'applicationId'],
    ['guarantee', 'instances', 'team'],
  ],
  fields: { operators: listOf(writeOperator), wires: lineEach },
});

const writeNamed = shortOr(record({ groups: [['id', 'name', 'kind']] }));

const writeFeed = shortOr(
  record({
    groups: [
      ['id', 'name', 'into'],
      ['perSecond', 'count', 'startAfterMs'],
    ],
  }),
);

const writeWhole = record({
  groups: [['format', 'version']],
  fields: {
    schemas: listOf(writeSchema),
    topics: listOf(writeTopic),
    services: listOf(writeService),
    externals: listOf(writeNamed),
    requests: listOf(writeNamed),
    feeds: listOf(writeFeed),
    notes: listOf(writeNamed),
    layout: entriesOf(entriesOf(onOneLine)),
  },
});
