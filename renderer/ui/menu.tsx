import { ContextMenu as BaseContext } from '@base-ui/react/context-menu';
import { Menu as Base } from '@base-ui/react/menu';
import { Fragment, type ReactElement, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { KeyHint } from './key-hint.tsx';
import css from './menu.module.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly keys?: string | undefined;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  /** A line above this entry. */
  readonly startsGroup?: boolean;
  readonly run: () => void;
}

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}

export function Menu({ trigger, label, entries }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} aria-label={label} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className={css.positioner}>
          <Base.Popup className={css.popup}>
            <Entries entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface ContextMenuProps {
  readonly entries: readonly MenuEntry[];
  /** The element on which the menu is asked for; the children go into it. */
  readonly trigger: ReactElement;
  readonly children: ReactNode;
}

/** The same entries under the pointer, on the secondary button. */
export function ContextMenu({ entries, trigger, children }: ContextMenuProps) {
  return (
    <BaseContext.Root>
      <BaseContext.Trigger render={trigger}>{children}</BaseContext.Trigger>
      <BaseContext.Portal>
        <BaseContext.Positioner className={css.positioner}>
          <BaseContext.Popup className={css.popup}>
            <Entries entries={entries} />
          </BaseContext.Popup>
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  );
}

function Entries({ entries }: { readonly entries: readonly MenuEntry[] }) {
  return entries.map((entry, index) => (
    <Fragment key={entry.id}>
      {entry.startsGroup === true && index > 0 ? <Base.Separator className={css.line} /> : null}
      <Base.Item
        className={classNames(css.item, entry.danger === true && css.danger)}
        disabled={entry.disabled ?? false}
        onClick={entry.run}
      >
        <span className={css.icon}>{entry.icon}</span>
        <span className={css.label}>{entry.label}</span>
        {entry.keys === undefined ? null : <KeyHint keys={entry.keys} />}
      </Base.Item>
    </Fragment>
  ));
}
