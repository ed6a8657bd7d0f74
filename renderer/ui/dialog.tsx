import { Dialog as Base } from '@base-ui/react/dialog';
import { type ReactNode, useRef } from 'react';
import css from './dialog.module.css';

interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly description?: ReactNode;
  readonly onClose: () => void;
  readonly children?: ReactNode;
  /** Buttons, the safest first. */
  readonly actions: ReactNode;
}

/** A question that must be answered before going on. Escape and the scrim answer “not now”. */
export function Dialog({ open, title, description, onClose, children, actions }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={css.scrim} />
        <Base.Popup ref={popup} className={css.popup} initialFocus={() => firstStop(popup.current)}>
          <Base.Title className={css.title}>{title}</Base.Title>
          {description === undefined ? null : (
            <Base.Description className={css.text}>{description}</Base.Description>
          )}
          {children}
          <div className={css.actions}>{actions}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** What is asked for, otherwise the answer that loses nothing: Enter pressed without a look must do no harm. */
function firstStop(popup: HTMLElement | null): HTMLElement | boolean {
  return popup?.querySelector<HTMLElement>('input, [data-primary]') ?? true;
}
