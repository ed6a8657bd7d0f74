import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { guaranteeWords } from '../../strings/kafka-words.ts';
import { classNames } from '../../ui/class-names.ts';
import { ServiceGlyph } from '../../ui/kafka-glyphs.tsx';
import { useNodeStanding } from '../canvas-state.tsx';
import { serviceHandles } from '../handles.ts';
import type { ServiceNode as ServiceNodeType } from '../scene-types.ts';
import { ServiceStatus } from './live-marks.tsx';
import { NodeName } from './node-name.tsx';
import { Ports } from './ports.tsx';
import { ProblemMark } from './problem-mark.tsx';
import { ResizeBorders } from './resize-borders.tsx';
import css from './service-node.module.css';

/** A service: a titled container; its operators are nodes of their own inside it. */
export const ServiceNode = memo(function ServiceNode({ id, data, selected }: NodeProps<ServiceNodeType>) {
  const { service } = data;
  const standing = useNodeStanding(id);
  const guarantee = guaranteeWords[service.guarantee];
  return (
    <div className={classNames(css.service, standing, selected && css.selected)} data-lod-frame="">
      <div className={classNames(css.head, 'drag-service')}>
        <ServiceGlyph size={15} className={css.glyph} />
        <span className={css.names}>
          <NodeName id={id} name={service.name} className={css.name} />
          <span className={css.application}>{service.applicationId}</span>
        </span>
        <ProblemMark id={id} />
        {service.instances === 1 ? null : <span className={css.badge}>{service.instances} inst.</span>}
        <span className={css.badge} title={guarantee.label}>
          {guarantee.short}
        </span>
      </div>
      <ServiceStatus id={id} />
      {service.operators.length === 0 ? (
        <p className={css.hint}>Drop operators here, or connect a topic</p>
      ) : null}
      <ResizeBorders id={id} least={data.least} />
      <Ports specs={serviceHandles} />
    </div>
  );
});
