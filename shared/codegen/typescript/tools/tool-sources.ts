import { createTopicsSource } from './create-topics-source.ts';
import { feedSource } from './feed-source.ts';
import { libClusterSource } from './lib-cluster-source.ts';
import { libCreateTopicsSource } from './lib-create-topics-source.ts';
import { libFreePortsSource } from './lib-free-ports-source.ts';
import { libRunToolSource } from './lib-run-tool-source.ts';
import { libSeedSource } from './lib-seed-source.ts';
import { libSendFeedSource } from './lib-send-feed-source.ts';
import { libSupervisorSource } from './lib-supervisor-source.ts';
import { seedSource } from './seed-source.ts';
import { startSource } from './start-source.ts';

/** The files of `tools` that are the same in every project. */
export const toolSources = {
  'create-topics': createTopicsSource,
  feed: feedSource,
  seed: seedSource,
  start: startSource,
  'lib/cluster': libClusterSource,
  'lib/create-topics': libCreateTopicsSource,
  'lib/free-ports': libFreePortsSource,
  'lib/run-tool': libRunToolSource,
  'lib/seed': libSeedSource,
  'lib/send-feed': libSendFeedSource,
  'lib/supervisor': libSupervisorSource,
};
