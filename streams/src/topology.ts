import { describeGraph, type TopologyDescription } from './internals/describe.ts';
import type { TopologyGraph } from './internals/graph.ts';
import { planGraph, planWholeGraph, type SubtopologyPlan, type TopologyPlan } from './internals/plan.ts';

/** What a `StreamsBuilder` built: checked, and ready to run on Kafka, in a test or in a simulation. */
export class Topology {
  readonly #graph: TopologyGraph;

  /** Use `StreamsBuilder#build`. */
  constructor(graph: TopologyGraph) {
    this.#graph = graph;
  }

  /** The steps by subtopology; its `toString()` prints what Kafka Streams' `describe()` prints. */
  describe(): TopologyDescription {
    return describeGraph(this.#graph);
  }

  /**
   * Lays the topology out for an application id: subtopologies, full topic names, internal topics
   * with their settings. Throws `TopologyError` when the id cannot be part of a topic name.
   */
  plan(applicationId: string): TopologyPlan {
    return planGraph(this.#graph, applicationId);
  }

  /** As `plan`, with everything in one subtopology: how a test driver with single partitions runs it. */
  planWhole(applicationId: string): SubtopologyPlan {
    return planWholeGraph(this.#graph, applicationId);
  }
}
