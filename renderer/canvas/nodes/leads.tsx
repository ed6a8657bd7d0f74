import { useStore } from '@xyflow/react';
import type { Operator } from '#shared/design/operators/registry.ts';
import { isDouble, rail } from '../flow-edge.tsx';
import type { HandleSpec } from '../handles.ts';
import type { FlowKind } from '../scene-types.ts';
import css from './leads.module.css';

interface LeadsProps {
  readonly id: string;
  readonly operator: Operator;
  readonly specs: readonly HandleSpec[];
  readonly width: number;
}

/** Inside its service an operator's line to a topic runs straight to the wall; beyond it the edge goes on. */
export function Leads({ id, operator, specs, width }: LeadsProps) {
  const reads = specs.some((spec) => spec.side === 'left' && isConnected(operator, spec));
  const writes = specs.some((spec) => spec.side === 'right' && isConnected(operator, spec));
  const left = useStore((flow) => flow.nodeLookup.get(id)?.position.x ?? 0);
  const right = useStore((flow) => {
    const node = flow.nodeLookup.get(id);
    const parent = flow.nodeLookup.get(node?.parentId ?? '');
    return (parent?.width ?? 0) - (node?.position.x ?? 0) - width;
  });
  const flow = flowOf(operator);
  return (
    <>
      {reads ? <Lead length={left} flow={flow} into /> : null}
      {writes ? <Lead length={right} flow="stream" into={false} /> : null}
    </>
  );
}

function isConnected(operator: Operator, { id }: HandleSpec): boolean {
  return id.endsWith('topic')
    ? ('topic' in operator && operator.topic !== null) ||
        (operator.kind === 'sink' && operator.routes !== undefined)
    : 'external' in operator && operator.external !== null;
}

function flowOf(operator: Operator): FlowKind {
  return operator.kind === 'table' || operator.kind === 'globalTable' ? operator.kind : 'stream';
}

interface LeadProps {
  readonly length: number;
  readonly flow: FlowKind;
  /** From the wall to the chip, with an arrowhead; otherwise from the chip to the wall. */
  readonly into: boolean;
}

function Lead({ length, flow, into }: LeadProps) {
  if (length <= 0) {
    return null;
  }
  const end = into ? length - 3 : length;
  const line = `M0,6 H${end}`;
  return (
    <svg
      className={into ? css.into : css.outOf}
      style={{ width: length }}
      height={12}
      width={length}
      aria-hidden="true"
    >
      {isDouble(flow) ? (
        <>
          <path d={line} className={css.line} strokeWidth={rail(flow)} />
          <path d={line} className={css.gap} strokeWidth={rail(flow) - 2.6} />
          <path d={line} className={css.tip} markerEnd="url(#arrow-plain)" />
        </>
      ) : (
        <path
          d={line}
          className={css.line}
          strokeWidth={1.4}
          markerEnd={into ? 'url(#arrow-plain)' : undefined}
        />
      )}
    </svg>
  );
}
