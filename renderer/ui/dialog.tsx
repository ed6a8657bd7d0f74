import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
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
  return (
    <Base.Root open={open} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={css.scrim} />
        <Base.Popup className={css.popup}>
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
