import { type HandleSpec, handleIds } from '../handles.ts';
import type { RepartitionHop } from '../repartition-hops.ts';
import css from './repartition-pipes.module.css';

const width = 52;
const height = 9;

interface RepartitionPipesProps {
  readonly hops: readonly RepartitionHop[];
  readonly specs: readonly HandleSpec[];
}

/** The internal topics that records go through before they reach an operator: thin pipes on its inputs. */
export function RepartitionPipes({ hops, specs }: RepartitionPipesProps) {
  return hops.map(({ port, topic }) => {
    const at = specs.find(({ id }) => id === handleIds.input(port))?.at;
    return at === undefined ? null : (
      <span
        key={port}
        className={css.pipe}
        style={{ left: at - width / 2 }}
        role="img"
        aria-label={`Repartition topic ${topic}`}
        title={`Repartition topic ${topic}: the key changes before this, so the records take one more hop.`}
      >
        <svg width={width} height={height} aria-hidden="true">
          <path
            className={css.body}
            d={`M4,0.5 H${width - 4} a3,4 0 0 1 0,8 H4 a3,4 0 0 1 0,-8 Z M${width - 4},0.5 a3,4 0 0 0 0,8`}
          />
          <path className={css.ticks} d="M16.5,3 V6 M22.5,3 V6 M28.5,3 V6 M34.5,3 V6" />
        </svg>
      </span>
    );
  });
}
