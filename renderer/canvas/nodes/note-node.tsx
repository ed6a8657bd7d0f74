import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { classNames } from '../../ui/class-names.ts';
import type { NoteNode as NoteNodeType } from '../scene-types.ts';
import css from './note-node.module.css';
import { ResizeBorders } from './resize-borders.tsx';

const leastNote = { width: 96, height: 40 };

/** Words on the drawing. */
export const NoteNode = memo(function NoteNode({ id, data, selected }: NodeProps<NoteNodeType>) {
  return (
    <div className={classNames(css.note, selected && css.selected)}>
      {data.note.text === '' ? <span className={css.empty}>Empty note</span> : data.note.text}
      <ResizeBorders id={id} least={leastNote} />
    </div>
  );
});
