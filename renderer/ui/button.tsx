import type { ButtonHTMLAttributes, ReactNode } from 'react';
import css from './button.module.css';
import { classNames } from './class-names.ts';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly size?: 'md' | 'sm';
  readonly icon?: ReactNode;
}

/** A verb a person can press. */
export function Button({ look = 'plain', size = 'md', icon, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      data-primary={look === 'primary' ? '' : undefined}
      className={classNames(css.button, css[look], css[size], className)}
    >
      {icon}
      {children}
    </button>
  );
}
