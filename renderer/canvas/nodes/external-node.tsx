import type { NodeProps } from '@xyflow/react';
import { Boxes, Database, Globe, type LucideIcon, Mail, User } from 'lucide-react';
import { memo } from 'react';
import type { External } from '#shared/design/design.ts';
import { externalWords } from '../../strings/kafka-words.ts';
import { classNames } from '../../ui/class-names.ts';
import { useNodeStanding } from '../canvas-state.tsx';
import { externalHandles } from '../handles.ts';
import type { ExternalNode as ExternalNodeType } from '../scene-types.ts';
import css from './external-node.module.css';
import { NodeName } from './node-name.tsx';
import { Ports } from './ports.tsx';
import { ProblemMark } from './problem-mark.tsx';

/** Something beyond Kafka, or beyond us. */
export const ExternalNode = memo(function ExternalNode({ id, data, selected }: NodeProps<ExternalNodeType>) {
  const { external } = data;
  const standing = useNodeStanding(id);
  const Icon = externalIcons[external.kind];
  return (
    <div className={classNames(css.external, standing, selected && css.selected)} data-lod-frame="">
      <Icon size={17} className={css.icon} aria-hidden="true" />
      <span className={css.words}>
        <NodeName id={id} name={external.name} className={css.name} />
        <span className={css.kind}>{externalWords[external.kind]}</span>
      </span>
      <ProblemMark id={id} />
      <Ports specs={externalHandles} />
    </div>
  );
});

const externalIcons: Readonly<Record<External['kind'], LucideIcon>> = {
  database: Database,
  http: Globe,
  mail: Mail,
  person: User,
  other: Boxes,
};
