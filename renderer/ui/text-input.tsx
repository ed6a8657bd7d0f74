import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from 'react';
import { classNames } from './class-names.ts';
import css from './text-input.module.css';

interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly mono?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
}

export function TextInput({ mono = false, className, ...rest }: TextInputProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      {...rest}
      className={classNames(css.input, mono && css.mono, className)}
    />
  );
}

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  readonly mono?: boolean;
}

export function TextArea({ mono = false, className, ...rest }: TextAreaProps) {
  return (
    <textarea
      rows={3}
      spellCheck={!mono}
      {...rest}
      className={classNames(css.input, css.area, mono && css.mono, className)}
    />
  );
}
