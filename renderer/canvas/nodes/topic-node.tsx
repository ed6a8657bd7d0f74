import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { Topic } from '#shared/design/design.ts';
import { formatCount } from '../../strings/counts.ts';
import { classNames } from '../../ui/class-names.ts';
import {
  CommandGlyph,
  CompactedTopicGlyph,
  DeadLetterGlyph,
  type Glyph,
  TopicGlyph,
} from '../../ui/kafka-glyphs.tsx';
import { useNodeStanding } from '../canvas-state.tsx';
import { topicHandles } from '../handles.ts';
import type { TopicNode as TopicNodeType } from '../scene-types.ts';
import { TopicRate, TopicStatus } from './live-marks.tsx';
import { NodeName } from './node-name.tsx';
import { Ports } from './ports.tsx';
import { ProblemMark } from './problem-mark.tsx';
import css from './topic-node.module.css';

const pipeHeight = 30;

/** A topic: a pipe, with one tick for each partition and its role by hue and sign. */
export const TopicNode = memo(function TopicNode({
  id,
  data,
  selected,
  width = 152,
}: NodeProps<TopicNodeType>) {
  const { topic, feeds } = data;
  const standing = useNodeStanding(id);
  const RoleGlyph = roleGlyphs[topic.role];
  return (
    <div
      className={classNames(css.topic, css[topic.role], standing, selected && css.selected)}
      data-lod-frame=""
    >
      <div className={css.head}>
        <NodeName id={id} name={topic.name} className={css.name} />
        <ProblemMark id={id} />
      </div>
      <svg className={css.pipe} width={width} height={pipeHeight} aria-hidden="true">
        <Pipe topic={topic} width={width} />
      </svg>
      <div className={css.inside}>
        <RoleGlyph size={15} className={css.glyph} />
        {topic.partitions > mostTicks ? (
          <span className={css.figure}>{formatCount(topic.partitions)} partitions</span>
        ) : null}
        <span className={css.gap} />
        {feeds === 0 ? null : <span className={css.feed} title={`Fed by ${feeds} feed(s)`} />}
        <TopicRate id={id} />
      </div>
      <TopicStatus id={id} />
      <Ports specs={topicHandles} />
    </div>
  );
});

const mostTicks = 12;

const roleGlyphs: Readonly<Record<Topic['role'], Glyph>> = {
  event: TopicGlyph,
  command: CommandGlyph,
  state: CompactedTopicGlyph,
  deadLetter: DeadLetterGlyph,
};

function Pipe({ topic, width }: { readonly topic: Topic; readonly width: number }) {
  const { body, end } = pipeShape(topic, width);
  return (
    <>
      <path d={body} className={css.body} />
      {topic.partitions > mostTicks ? null : <Ticks count={topic.partitions} width={width} />}
      <path d={end} className={topic.role === 'deadLetter' ? css.stop : css.end} />
    </>
  );
}

interface PipeShape {
  readonly body: string;
  readonly end: string;
}

function pipeShape(topic: Topic, width: number): PipeShape {
  const leftCap = 'a6,14 0 0 1 0,-28';
  if (topic.role === 'deadLetter') {
    return {
      body: `M7,1 H${width - 9} V29 H7 ${leftCap} Z`,
      end: `M${width - 4.5},-1 V31`,
    };
  }
  if (topic.cleanup !== 'delete') {
    return {
      body: `M7,1 H${width - 13} L${width - 1},13 V29 H7 ${leftCap} Z`,
      end: `M${width - 13},1 V13 H${width - 1}`,
    };
  }
  return {
    body: `M7,1 H${width - 7} a6,14 0 0 1 0,28 H7 ${leftCap} Z`,
    end: `M${width - 7},1 a6,14 0 0 0 0,28`,
  };
}

function Ticks({ count, width }: { readonly count: number; readonly width: number }) {
  const start = 34;
  const step = Math.min(11, (width - start - 24) / count);
  const marks = Array.from({ length: count }, (_, index) => Math.round(start + step * index) + 0.5);
  return <path className={css.ticks} d={marks.map((x) => `M${x},10 V20`).join(' ')} />;
}
