import { Handle } from '@xyflow/react';
import { type HandleSpec, positions } from '../handles.ts';
import css from './ports.module.css';

interface PortsProps {
  readonly specs: readonly HandleSpec[];
}

/** The ends of a node that lines can be drawn from and to; where a side has several, each says its name. */
export function Ports({ specs }: PortsProps) {
  return specs.map((spec) => {
    const shared = specs.filter((other) => other.side === spec.side).length > 1;
    const across = spec.side === 'left' || spec.side === 'right';
    return (
      <Handle
        key={spec.id}
        id={spec.id}
        type={spec.type}
        position={positions[spec.side]}
        className={css.port ?? ''}
        style={across ? { top: spec.at } : { left: spec.at }}
        title={spec.label}
      >
        {shared ? <span className={css[spec.side]}>{spec.label}</span> : null}
      </Handle>
    );
  });
}
