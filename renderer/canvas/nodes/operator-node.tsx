import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { Operator } from '#shared/design/operators/registry.ts';
import { useWindowState } from '../../store/window-context.tsx';
import { operatorSummary, storeName, windowText } from '../../strings/operator-summary.ts';
import { classNames } from '../../ui/class-names.ts';
import { StoreGlyph, WindowGlyph } from '../../ui/kafka-glyphs.tsx';
import { operatorGlyphs } from '../../ui/operator-glyphs.ts';
import { useNodeStanding } from '../canvas-state.tsx';
import { operatorHandles } from '../handles.ts';
import { operatorSize } from '../node-size.ts';
import type { OperatorNode as OperatorNodeType } from '../scene-types.ts';
import { Leads } from './leads.tsx';
import { NodeName } from './node-name.tsx';
import css from './operator-node.module.css';
import { Ports } from './ports.tsx';
import { ProblemMark } from './problem-mark.tsx';
import { RepartitionPipes } from './repartition-pipes.tsx';

/** An operator: a chip with its sign, its name, and its expression on one line. */
export const OperatorNode = memo(function OperatorNode({ id, data, selected }: NodeProps<OperatorNodeType>) {
  const { operator, topicName, hops } = data;
  const standing = useNodeStanding(id);
  const isFar = useWindowState((state) => state.view.zoomLevel === 'far');
  const OperatorGlyph = operatorGlyphs[operator.kind];
  const specs = operatorHandles(operator, operatorSize(operator));
  if (isFar) {
    // From afar a chip is only a mark in its container: a thousand of them must not weigh on a movement.
    return (
      <div className={classNames(css.chip, css.mark, shapeOf(operator), standing, selected && css.selected)}>
        <RepartitionPipes hops={hops} specs={specs} />
        <Leads id={id} operator={operator} specs={specs} width={operatorSize(operator).width} />
        <Ports specs={specs} />
      </div>
    );
  }
  return (
    <div className={classNames(css.chip, shapeOf(operator), standing, selected && css.selected)}>
      <span className={css.glyph}>{operator.kind === 'join' ? <BowTie /> : <OperatorGlyph size={16} />}</span>
      <span className={css.words}>
        <NodeName id={id} name={operator.name} className={css.name} />
        <span className={css.summary}>{operatorSummary(operator, topicName)}</span>
      </span>
      <ProblemMark id={id} />
      <Tags operator={operator} />
      <RepartitionPipes hops={hops} specs={specs} />
      <Leads id={id} operator={operator} specs={specs} width={operatorSize(operator).width} />
      <Ports specs={specs} />
    </div>
  );
});

function shapeOf(operator: Operator): string | undefined {
  if (operator.kind === 'join') {
    return css.join;
  }
  if (operator.kind === 'stream' || operator.kind === 'table' || operator.kind === 'globalTable') {
    return css.source;
  }
  if (operator.kind === 'sink' || operator.kind === 'deadLetter') {
    return css.sink;
  }
  return operator.kind.startsWith('http') || operator.kind.startsWith('connector') ? css.gateway : undefined;
}

/** The join's own sign: the left input full, the right one open. */
function BowTie() {
  return (
    <svg width="24" height="20" viewBox="0 0 24 20" aria-hidden="true">
      <path d="M2 2v16l10-8L2 2Z" className={css.tieLeft} />
      <path d="M22 2v16l-10-8 10-8Z" className={css.tieRight} />
    </svg>
  );
}

function Tags({ operator }: { readonly operator: Operator }) {
  const window = windowText(operator);
  const store = storeName(operator);
  if (window === null && store === null) {
    return null;
  }
  return (
    <span className={css.tags}>
      {window === null ? null : (
        <span className={css.tag} title={`Window and grace: ${window}`}>
          <WindowGlyph size={11} />
          <span className={css.tagText}>{window}</span>
        </span>
      )}
      {store === null ? null : (
        <span className={css.tag} title={`Keeps a state store: ${store}`}>
          <StoreGlyph size={11} />
          {operator.kind === 'aggregate' || operator.kind === 'gather' ? (
            <span className={css.tagText}>{store}</span>
          ) : null}
        </span>
      )}
    </span>
  );
}
