import { emptyDesign } from '../create.ts';
import type { Design, Service, Topic, Wire } from '../design.ts';
import type { Operator } from '../operators/registry.ts';

/** A design with the parts given and nothing else. */
export function buildDesign(parts: Partial<Design>): Design {
  return { ...emptyDesign('Test'), ...parts };
}

/** A topic of texts by text, named as its id. */
export function buildTopic(id: string, parts: Partial<Topic> = {}): Topic {
  return {
    id,
    name: id,
    role: 'event',
    partitions: 1,
    replication: 1,
    cleanup: 'delete',
    retentionMs: null,
    key: { type: 'string' },
    value: { type: 'string' },
    ...parts,
  };
}

/**
 * A service of the operators given, wired as the lines say: `'a > b'` from `a.out` to `b.in`,
 * `'a.first > b.left'` from and to the ports named.
 */
export function buildService(
  id: string,
  operators: readonly Operator[],
  lines: readonly string[] = [],
): Service {
  return {
    id,
    name: id,
    applicationId: id,
    guarantee: 'at_least_once',
    instances: 1,
    operators: [...operators],
    wires: lines.map((line, at) => buildWire(`${id}-wire-${at}`, line)),
  };
}

function buildWire(id: string, line: string): Wire {
  const [from = '', to = ''] = line.split('>').map((end) => end.trim());
  return { id, from: buildEnd(from, 'out'), to: buildEnd(to, 'in') };
}

function buildEnd(text: string, usualPort: string): Wire['from'] {
  const [operator = '', port = usualPort] = text.split('.');
  return { operator, port };
}
