import { describe, expect, it } from 'vitest';
import { buildDesign, buildService, buildTopic } from '../testing/build-design.ts';
import { consumersOf, emittersOf, feedsInto, readersOf, topicsWrittenBy, writersOf } from './topic-use.ts';

const routed = {
  id: 'routed',
  name: 'Routed',
  kind: 'sink',
  topic: null,
  route: 'value',
  routes: ['gold', 'silver'],
} as const;

const design = buildDesign({
  topics: ['orders', 'gold', 'silver'].map((id) => buildTopic(id)),
  services: [
    buildService('gateway', [
      {
        id: 'post',
        name: 'Post',
        kind: 'httpWrite',
        method: 'POST',
        path: '/orders',
        accepts: null,
        topic: 'orders',
        key: '',
        value: 'body',
      },
      { id: 'again', name: 'Again', kind: 'sink', topic: 'orders' },
    ]),
    buildService('mailer', [
      { id: 'in', name: 'In', kind: 'table', topic: 'orders' },
      { ...routed, routes: [...routed.routes] },
      { id: 'bad', name: 'Bad', kind: 'deadLetter', topic: 'orders' },
    ]),
  ],
  externals: [{ id: 'shop', name: 'Shop', kind: 'person', writes: ['orders', 'orders'], reads: ['gold'] }],
  feeds: [
    { id: 'clicks', name: 'Clicks', into: { gateway: 'post' }, value: '{}', perSecond: 1 },
    { id: 'rows', name: 'Rows', into: { topic: 'gold' }, value: '{}', perSecond: 1 },
  ],
});

function names(uses: ReturnType<typeof writersOf>): readonly string[] {
  return uses.map((use) => (use.by === 'operator' ? use.operator.id : use.external.id));
}

describe('who uses a topic', () => {
  it('finds writers of every kind, an external system once', () => {
    expect(names(writersOf(design, 'orders'))).toEqual(['post', 'again', 'bad', 'shop']);
    expect(names(writersOf(design, 'silver'))).toEqual(['routed']);
  });

  it('finds readers of every kind', () => {
    expect(names(readersOf(design, 'orders'))).toEqual(['in']);
    expect(names(readersOf(design, 'gold'))).toEqual(['shop']);
    expect(readersOf(design, 'nowhere')).toEqual([]);
  });

  it('counts a service that writes twice as one emitter', () => {
    expect(emittersOf(design, 'orders').map(({ id }) => id)).toEqual(['gateway', 'mailer']);
    expect(consumersOf(design, 'orders').map(({ id }) => id)).toEqual(['mailer']);
  });

  it('counts every topic that a route may name', () => {
    expect(topicsWrittenBy({ ...routed, routes: [...routed.routes] })).toEqual(['gold', 'silver']);
  });

  it('tells which feeds go into a topic or a gateway', () => {
    expect(feedsInto(design, 'post').map(({ id }) => id)).toEqual(['clicks']);
    expect(feedsInto(design, 'gold').map(({ id }) => id)).toEqual(['rows']);
    expect(feedsInto(design, 'orders')).toEqual([]);
  });
});
