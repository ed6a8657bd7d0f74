import type { z } from 'zod';
import { z as zod } from 'zod';
import { Id } from '../types.ts';

/** What flows through a port. A windowed table's key is a window and a key. */
export type PortType = 'stream' | 'table' | 'windowedTable' | 'globalTable';

export interface PortSpec {
  readonly id: string;
  /** What a person reads beside the port. */
  readonly label: string;
  /** The types that may be connected here; for an output, the one type it gives. */
  readonly accepts: readonly PortType[];
  /** An input may take several wires (merge does); otherwise exactly one. */
  readonly many?: boolean;
}

export type OperatorFamily = 'source' | 'stateless' | 'stateful' | 'end' | 'edge';

/** The fields every operator has beside its kind. */
export const operatorBase = {
  id: Id,
  name: zod.string().min(1).max(120),
  note: zod.string().max(2_000).optional(),
};

/**
 * All that the model knows of one kind of operator: its shape, its ports, and how a new one starts.
 * Ports may depend on the operator's own fields (a branch has one output for each condition).
 */
export interface OperatorSpec<K extends string, S extends z.ZodType> {
  readonly kind: K;
  readonly family: OperatorFamily;
  /** The word a person sees, in Kafka's terms. */
  readonly title: string;
  /** One sentence for the palette. */
  readonly summary: string;
  readonly schema: S;
  readonly inputs: (operator: z.infer<S>) => readonly PortSpec[];
  readonly outputs: (operator: z.infer<S>) => readonly PortSpec[];
  /** The fields of a fresh one, without id and name. */
  readonly fresh: () => Omit<z.infer<S>, 'id' | 'name'>;
}

export function defineOperator<K extends string, S extends z.ZodType>(
  spec: OperatorSpec<K, S>,
): OperatorSpec<K, S> {
  return spec;
}

export const streamIn: PortSpec = { id: 'in', label: 'in', accepts: ['stream'] };
export const streamOut: PortSpec = { id: 'out', label: 'out', accepts: ['stream'] };
export const tableOut: PortSpec = { id: 'out', label: 'out', accepts: ['table'] };
