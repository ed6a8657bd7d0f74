import type { Command } from 'commander';
import { addAbsent } from './absent.ts';
import { addInspectGroups } from './inspect-groups.ts';
import { addInspectLag } from './inspect-lag.ts';
import { addInspectPartitions } from './inspect-partitions.ts';
import { addInspectStore } from './inspect-store.ts';
import { addInspectTail } from './inspect-tail.ts';
import { addInspectTopics } from './inspect-topics.ts';

export function addInspect(program: Command): void {
  const inspect = program
    .command('inspect')
    .description('look at a running cluster; nothing is changed in it');
  addInspectTopics(inspect);
  addInspectPartitions(inspect);
  addInspectGroups(inspect);
  addInspectLag(inspect);
  addInspectStore(inspect);
  addInspectTail(inspect);
  addAbsent(inspect, 'search', 'find records by a CEL expression');
}
