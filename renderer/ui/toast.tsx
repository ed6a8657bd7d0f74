import { Toast as Base } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import css from './toast.module.css';

export interface ToastMessage {
  readonly title: string;
  readonly text?: string;
  readonly tone?: 'plain' | 'error';
  readonly action?: { readonly label: string; readonly run: () => void };
}

const toasts = Base.createToastManager();

/** Tells of something that happened; the message goes by itself, an error stays until it is closed. */
export function showToast({ title, text, tone = 'plain', action }: ToastMessage): void {
  toasts.add({
    title,
    ...(text === undefined ? {} : { description: text }),
    type: tone,
    timeout: tone === 'error' ? 0 : 5_000,
    ...(action === undefined ? {} : { actionProps: { children: action.label, onClick: action.run } }),
  });
}

export function ToastHost({ children }: { readonly children: ReactNode }) {
  return (
    <Base.Provider toastManager={toasts} limit={3}>
      {children}
      <Base.Portal>
        <Base.Viewport className={css.viewport} aria-label="Notices">
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function ToastList() {
  const { toasts: shown } = Base.useToastManager();
  return shown.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className={classNames(css.toast, toast.type === 'error' && css.error)}
    >
      <div className={css.body}>
        <Base.Title className={css.title} />
        <Base.Description className={css.text} />
      </div>
      <Base.Action className={css.action} />
      <Base.Close className={css.close} aria-label="Close notice">
        <X size={14} aria-hidden="true" />
      </Base.Close>
    </Base.Root>
  ));
}
