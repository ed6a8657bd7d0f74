import { describe, expect, it } from 'vitest';
import type { Schema } from '../../design/design.ts';
import { buildDesign, buildService, buildTopic } from '../../design/testing/build-design.ts';
import { afterFixes, findings } from '../testing/findings.ts';
import { operator, reads, writes } from '../testing/operators.ts';

const order: Schema = {
  id: 'order',
  name: 'Order',
  kind: 'record',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'state', type: 'string' },
    { name: 'note', type: 'string' },
  ],
};

function writer(id: string, topic: string) {
  return buildService(id, [writes(`${id}-out`, topic)]);
}

function reader(id: string, topic: string) {
  return buildService(id, [reads(`${id}-in`, topic)]);
}

describe('EV-01 one service writes each event type, EV-02 or each its own', () => {
  const services = [writer('shop', 'orders'), writer('till', 'orders')];
  const owned = (...owners: { service: string; types: string[] }[]) =>
    buildDesign({ services, topics: [buildTopic('orders', { ownership: { owners } })] });

  it('finds two writers without ownership', () => {
    const design = buildDesign({ services, topics: [buildTopic('orders')] });
    expect(findings(design, 'EV-01')).toEqual([
      'orders: shop and till both write orders; give each its own topic, or declare which event types each owns.',
    ]);
    expect(findings(design, 'EV-02')).toEqual([]);
  });

  it('takes disjoint ownership for what it is', () => {
    const design = owned(
      { service: 'shop', types: ['CREATED'] },
      { service: 'till', types: ['PAID', 'FAILED'] },
    );
    expect(findings(design, 'EV-01')).toEqual([]);
    expect(findings(design, 'EV-02')).toEqual([
      'orders: orders has 2 writers, each of event types of its own: shop CREATED; till PAID and FAILED.',
    ]);
  });

  it('finds a writer that owns nothing, and a type that two own', () => {
    expect(findings(owned({ service: 'shop', types: ['CREATED'] }), 'EV-01')).toEqual([
      'orders: till writes orders, but owns none of its event types.',
    ]);
    const shared = owned({ service: 'shop', types: ['CREATED'] }, { service: 'till', types: ['CREATED'] });
    expect(findings(shared, 'EV-01')).toEqual(['orders: More than one service owns CREATED on orders.']);
    expect(findings(shared, 'EV-02')).toEqual([]);
  });

  it('leaves commands, dead letters and a connector beside its system alone', () => {
    const commands = buildDesign({ services, topics: [buildTopic('orders', { role: 'command' })] });
    expect(findings(commands, 'EV-01')).toEqual([]);
    const connected = buildDesign({
      topics: [buildTopic('customers')],
      externals: [{ id: 'crm', name: 'CRM', kind: 'database', writes: ['customers'] }],
      services: [
        buildService('import', [
          operator('connectorSource', 'from-crm', { external: 'crm', topic: 'customers' }),
        ]),
        buildService('other', [operator('deadLetter', 'other-dead', { topic: 'customers' })]),
      ],
    });
    expect(findings(connected, 'EV-01')).toEqual([]);
  });

  it('counts a system outside as a writer beside a service', () => {
    const design = buildDesign({
      topics: [buildTopic('orders')],
      services: [writer('shop', 'orders')],
      externals: [{ id: 'crm', name: 'CRM', kind: 'database', writes: ['orders'] }],
    });
    expect(findings(design, 'EV-01')).toHaveLength(1);
  });
});

describe('EV-03 events are named as facts', () => {
  it.each(['create-order', 'SendReceipt', 'validate_payment', 'update-stock-level'])('%s', (name) => {
    const design = buildDesign({ topics: [buildTopic('one', { name })] });
    expect(findings(design, 'EV-03')).toHaveLength(1);
    expect(afterFixes(design, 'EV-03')).toEqual([]);
  });

  it.each([
    'orders',
    'order-created',
    'order-validations',
    'set-top-boxes-sold',
    'ship-arrived',
    'releases',
    'release-notes',
    'change',
    'send-jobs-done',
    'payments',
  ])('%s is a fact or a thing', (name) => {
    expect(findings(buildDesign({ topics: [buildTopic('one', { name })] }), 'EV-03')).toEqual([]);
  });

  it('looks at the event types and the schema too', () => {
    const topic = buildTopic('orders', {
      value: { type: { ref: 'order' } },
      ownership: { owners: [{ service: 'shop', types: ['CREATE', 'CANCELLED'] }] },
    });
    const design = buildDesign({ topics: [topic], schemas: [{ ...order, name: 'PlaceOrder' }] });
    expect(findings(design, 'EV-03')).toEqual([
      'orders: PlaceOrder and CREATE on orders sound like a command, but orders is a topic of events; name what has happened, or make it a command topic.',
    ]);
  });
});

describe('EV-04 a command has one receiver', () => {
  const services = [reader('one', 'do'), reader('two', 'do')];
  it('finds two', () => {
    expect(
      findings(buildDesign({ services, topics: [buildTopic('do', { role: 'command' })] }), 'EV-04'),
    ).toEqual([
      'do: one and two read the commands on do; give each a topic of its own, or make it an event.',
    ]);
  });
  it('lets events have many, and a command one', () => {
    expect(findings(buildDesign({ services, topics: [buildTopic('do')] }), 'EV-04')).toEqual([]);
    const one = buildDesign({
      services: [reader('one', 'do')],
      topics: [buildTopic('do', { role: 'command' })],
    });
    expect(findings(one, 'EV-04')).toEqual([]);
  });
});

describe('EV-05 a topic is written and read', () => {
  it('finds a topic without writer, without reader, without either', () => {
    const design = buildDesign({
      topics: [
        buildTopic('in'),
        buildTopic('out'),
        buildTopic('lost'),
        buildTopic('dead', { role: 'deadLetter' }),
      ],
      services: [
        buildService('one', [
          reads('a', 'in'),
          writes('b', 'out'),
          operator('deadLetter', 'c', { topic: 'dead' }),
        ]),
      ],
      feeds: [{ id: 'feed', name: 'Feed', into: { topic: 'in' }, value: '""', perSecond: 1 }],
    });
    expect(findings(design, 'EV-05')).toEqual([
      'in: Nobody writes in; wire a writer, or mark the system outside that writes it.',
      'out: Nobody reads out; wire a reader, or mark the system outside that reads it.',
      'lost: Nobody writes or reads lost.',
    ]);
    expect(afterFixes(design, 'EV-05')).toEqual(['lost: Nobody writes or reads lost.']);
  });
});

describe('EV-06 services do not wait for chains of services', () => {
  const services = ['a', 'b', 'c', 'd'].map((id) => buildService(id, []));
  const calls = (...pairs: string[]) =>
    buildDesign({
      services,
      requests: pairs.map((pair, at) => ({ id: `call-${at}`, from: pair.charAt(0), to: pair.charAt(1) })),
    });
  it('finds three calls in a row, and takes two', () => {
    expect(findings(calls('ab', 'bc', 'cd', 'ac'), 'EV-06')).toEqual([
      'a: a → b → c → d: a waits for a chain of 3 calls.',
    ]);
    expect(findings(calls('ab', 'bc', 'ac', 'ad'), 'EV-06')).toEqual([]);
  });
  it('finds a circle, once', () => {
    expect(findings(calls('ab', 'bc', 'ca', 'cd'), 'EV-06')).toEqual([
      'a: a → b → c → a: these services wait for each other’s answers in a circle.',
    ]);
    expect(findings(calls('bb'), 'EV-06')).toEqual([
      'b: b → b: these services wait for each other’s answers in a circle.',
    ]);
  });
});

describe('EV-07 a circle of topics has a guard', () => {
  const topics = [buildTopic('orders'), buildTopic('checks')];
  const check = (condition: string | null) => {
    const filter = operator('filter', 'only-new', { condition: condition ?? '' });
    const parts = [reads('check-in', 'orders'), writes('check-out', 'checks')];
    return condition === null
      ? buildService('check', parts, ['check-in > check-out'])
      : buildService('check', [...parts, filter], ['check-in > only-new', 'only-new > check-out']);
  };
  const decide = buildService(
    'decide',
    [reads('back', 'checks'), writes('again', 'orders')],
    ['back > again'],
  );

  it('finds a circle that nothing stops', () => {
    expect(findings(buildDesign({ topics, services: [check(null), decide] }), 'EV-07')).toEqual([
      'orders: orders → checks → orders: records come back to where they came from, and no filter on the way in stops them.',
    ]);
    expect(findings(buildDesign({ topics, services: [check('true'), decide] }), 'EV-07')).toHaveLength(1);
  });

  it('is content with a filter on the records of a topic in the circle', () => {
    expect(
      findings(buildDesign({ topics, services: [check('value == "CREATED"'), decide] }), 'EV-07'),
    ).toEqual([]);
  });

  it('does not take a filter on what was made of the record', () => {
    const service = buildService(
      'check',
      [
        reads('check-in', 'orders'),
        operator('map', 'verdict', { value: '"PASS"' }),
        operator('filter', 'late', { condition: 'value == "PASS"' }),
        writes('check-out', 'checks'),
      ],
      ['check-in > verdict', 'verdict > late', 'late > check-out'],
    );
    expect(findings(buildDesign({ topics, services: [service, decide] }), 'EV-07')).toHaveLength(1);
  });

  it('finds a way round the guard', () => {
    const loose = buildService(
      'loose',
      [reads('loose-in', 'orders'), writes('loose-out', 'checks')],
      ['loose-in > loose-out'],
    );
    const services = [check('value == "CREATED"'), loose, decide];
    expect(findings(buildDesign({ topics, services }), 'EV-07')).toHaveLength(1);
  });

  it('knows that a table which is only looked up starts nothing', () => {
    const lookup = buildService(
      'lookup',
      [
        reads('left', 'checks'),
        operator('table', 'right', { topic: 'orders' }),
        operator('join', 'both', { inputs: 'streamTable', value: 'left' }),
        writes('found', 'orders'),
      ],
      ['left > both.left', 'right > both.right', 'both > found'],
    );
    expect(findings(buildDesign({ topics, services: [lookup] }), 'EV-07')).toEqual([]);
  });
});

describe('EV-08 no step writes a database and a topic', () => {
  const effect = operator('sideEffect', 'save', { external: 'base' });
  const build = (kind: 'database' | 'mail', lines: string[]) =>
    buildDesign({
      topics: [buildTopic('in'), buildTopic('out')],
      externals: [{ id: 'base', name: 'Base', kind }],
      services: [buildService('one', [reads('source', 'in'), effect, writes('end', 'out')], lines)],
    });
  const message =
    'save: “save” in one writes Base while the same records go to out; write the topic first and fill the database from it.';
  it('finds it beside and after', () => {
    expect(findings(build('database', ['source > save', 'source > end']), 'EV-08')).toEqual([message]);
    expect(findings(build('database', ['source > save', 'save > end']), 'EV-08')).toEqual([message]);
  });
  it('lets a database be filled from a topic, and mails be sent', () => {
    expect(findings(build('database', ['source > save']), 'EV-08')).toEqual([]);
    expect(findings(build('mail', ['source > save', 'source > end']), 'EV-08')).toEqual([]);
  });
});

describe('EV-09 a private topic stays at home', () => {
  const services = [writer('owner', 'inner'), reader('owner-too', 'inner'), reader('guest', 'inner')];
  it('finds who reads it from outside', () => {
    const design = buildDesign({ services, topics: [buildTopic('inner', { private: true })] });
    expect(findings(design, 'EV-09')).toEqual([
      'inner: owner-too and guest read inner, which is private to another service.',
    ]);
    expect(afterFixes(design, 'EV-09')).toEqual([]);
  });
  it('lets its owners read it, and anyone a public one', () => {
    const ownership = {
      owners: ['owner', 'owner-too', 'guest'].map((service) => ({ service, types: ['x'] })),
    };
    expect(
      findings(
        buildDesign({ services, topics: [buildTopic('inner', { private: true, ownership })] }),
        'EV-09',
      ),
    ).toEqual([]);
    expect(findings(buildDesign({ services, topics: [buildTopic('inner')] }), 'EV-09')).toEqual([]);
  });
});

describe('EV-10 a view carries only what its readers use', () => {
  const build = (fields: string[] | undefined, more: string[] = []) => {
    const query = operator('httpQuery', 'get', {
      waitUntil: 'value.state == "DONE"',
      ...(fields ? { fields } : {}),
    });
    const other = operator('toStream', 'changes');
    return buildDesign({
      schemas: [order],
      topics: [buildTopic('orders', { value: { type: { ref: 'order' } } })],
      services: [
        buildService(
          'view',
          [operator('table', 'latest', { topic: 'orders' }), query, other],
          ['latest > get', ...more],
        ),
      ],
    });
  };
  it('finds fields that no query answers with or waits for', () => {
    expect(findings(build(['id']), 'EV-10')).toEqual([
      'get: “latest” in view keeps 1 field that no query answers with: note.',
    ]);
  });
  it('is content when all are used, or somebody else reads the table', () => {
    expect(findings(build(['id', 'note']), 'EV-10')).toEqual([]);
    expect(findings(build(undefined), 'EV-10')).toEqual([]);
    expect(findings(build(['id'], ['latest > changes']), 'EV-10')).toEqual([]);
  });
});
