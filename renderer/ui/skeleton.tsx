import css from './skeleton.module.css';

interface SkeletonProps {
  /** What is being waited for, read out to those who cannot see the bars. */
  readonly label: string;
  readonly rows?: number;
}

/** Grey bars in the place of rows to come; they appear only after 150 ms. */
export function Skeleton({ label, rows = 4 }: SkeletonProps) {
  const bars = Array.from({ length: rows }, (_, index) => `bar-${index}`);
  return (
    <div className={css.skeleton} role="status" aria-label={label}>
      {bars.map((bar) => (
        <span key={bar} className={css.bar} />
      ))}
    </div>
  );
}
