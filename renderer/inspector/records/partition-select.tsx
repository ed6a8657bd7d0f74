import { useStore } from 'zustand';
import { Select } from '../../ui/select.tsx';
import { useInspector } from '../use-inspector.ts';
import css from './records-toolbar.module.css';
import { usePartitionCount } from './use-partition-count.ts';

interface PartitionSelectProps {
  readonly topic: string;
  readonly partition: number | null;
  readonly onChoose: (partition: number | null) => void;
}

export function PartitionSelect({ topic, partition, onChoose }: PartitionSelectProps) {
  const { tail } = useInspector();
  const known = useStore(tail.view, (state) => Math.max(-1, ...state.positions.keys()) + 1);
  const count = Math.max(usePartitionCount(topic), known, (partition ?? -1) + 1);
  const choices = [
    { value: 'all', label: 'All partitions' },
    ...Array.from({ length: count }, (_, index) => ({ value: String(index), label: `Partition ${index}` })),
  ];
  return (
    <Select
      small
      aria-label="Partition"
      className={css.partition}
      value={partition === null ? 'all' : String(partition)}
      choices={choices}
      onChoose={(value) => onChoose(value === 'all' ? null : Number(value))}
    />
  );
}
