import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import css from './icon-button.module.css';
import { Tooltip } from './tooltip.tsx';

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> {
  /** The accessible name, shown as the tooltip. */
  readonly label: string;
  /** What the tooltip says beyond the name. */
  readonly hint?: string | undefined;
  readonly keys?: string | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly pressed?: boolean;
  readonly size?: 'md' | 'sm';
  readonly children: ReactNode;
}

export function IconButton({
  label,
  hint,
  keys,
  side = 'bottom',
  pressed,
  size = 'md',
  className,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={hint ?? label} keys={keys} side={side}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        className={classNames(css.button, css[size], className)}
      >
        {children}
      </button>
    </Tooltip>
  );
}
