import type { Edge, Node } from '@xyflow/react';
import type { External, NoteBox, Service, Topic } from '#shared/design/design.ts';
import type { Operator } from '#shared/design/operators/registry.ts';
import type { Size } from './node-size.ts';
import type { RepartitionHop } from './repartition-hops.ts';

export type TopicNode = Node<{ readonly topic: Topic; readonly feeds: number }, 'topic'>;
export type ServiceNode = Node<{ readonly service: Service; readonly least: Size }, 'service'>;
export type OperatorNode = Node<
  {
    readonly operator: Operator;
    readonly service: string;
    readonly topicName: string | null;
    readonly hops: readonly RepartitionHop[];
  },
  'operator'
>;
export type ExternalNode = Node<{ readonly external: External }, 'external'>;
export type NoteNode = Node<{ readonly note: NoteBox }, 'note'>;
export type SceneNode = TopicNode | ServiceNode | OperatorNode | ExternalNode | NoteNode;

/** What flows along an edge: it decides how the line is drawn. */
export type FlowKind = 'stream' | 'table' | 'globalTable' | 'request' | 'outside';

/** What an edge stands for in the design, so that it can be selected, described and removed. */
export type EdgeMeaning =
  | { readonly is: 'wire'; readonly wire: string; readonly service: string }
  | { readonly is: 'reads'; readonly operator: string; readonly topic: string }
  | { readonly is: 'writes'; readonly operator: string; readonly topic: string }
  | { readonly is: 'externalWrites'; readonly external: string; readonly topic: string }
  | { readonly is: 'externalReads'; readonly external: string; readonly topic: string }
  | { readonly is: 'operatorExternal'; readonly operator: string; readonly external: string }
  | { readonly is: 'request'; readonly request: string };

export type SceneEdge = Edge<
  {
    readonly flow: FlowKind;
    readonly meaning: EdgeMeaning;
    readonly label: string | null;
    /** The node whose live figure the edge shows. */
    readonly liveId: string;
  },
  'flow'
>;

export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly SceneEdge[];
}
