import { Command } from 'cmdk';
import { useMemo, useState } from 'react';
import type { Action } from '../store/action.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { allActions } from './all-actions.ts';
import css from './command-palette.module.css';
import { useFeatures } from './features-context.tsx';
import { type FoundThing, findableThings } from './findable-things.ts';

const mostFound = 80;

/** Every action with its key, and everything of the design by name: two lists behind one field. */
export function CommandPalette() {
  const { view } = useWindow();
  const open = useWindowState((state) => state.view.overlayOpen);
  return (
    <Command.Dialog
      key={open ?? 'closed'}
      open={open !== null}
      onOpenChange={(isOpen) => (isOpen ? undefined : view.openOverlay(null))}
      label={open === 'find' ? 'Find by name' : 'Commands'}
      overlayClassName={css.scrim ?? ''}
      contentClassName={css.popup ?? ''}
      className={css.command}
      loop
      shouldFilter={open !== 'find'}
    >
      {open === 'find' ? <FindList /> : <ActionList />}
    </Command.Dialog>
  );
}

function ActionList() {
  const window = useWindow();
  const features = useFeatures();
  const state = useWindowState((whole) => whole);
  const groups = useMemo(() => {
    const possible = allActions(features).filter((action) => action.when?.(state) ?? true);
    return [...Map.groupBy(possible, (action) => action.group)];
  }, [features, state]);
  const run = (action: Action) => {
    window.view.openOverlay(null);
    action.run(window);
  };
  return (
    <>
      <Command.Input className={css.input} placeholder="Type a command" />
      <Command.List className={css.list}>
        <Command.Empty className={css.empty}>No command has these words.</Command.Empty>
        {groups.map(([group, actions]) => (
          <Command.Group key={group} heading={group} className={css.group}>
            {actions.map((action) => (
              <Command.Item
                key={action.id}
                value={`${action.title} ${action.group} ${action.id}`}
                className={css.item}
                onSelect={() => run(action)}
              >
                <span className={css.title}>{action.title}</span>
                {action.keys === undefined ? null : <KeyHint keys={action.keys} />}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </>
  );
}

function FindList() {
  const { view } = useWindow();
  const [text, setText] = useState('');
  const design = useWindowState((state) => state.document.design);
  const things = useMemo(() => (design === null ? [] : findableThings(design)), [design]);
  const found = useMemo(() => rank(things, text), [things, text]);
  const go = (thing: FoundThing) => {
    view.openOverlay(null);
    view.reveal(thing.id);
  };
  return (
    <>
      <Command.Input
        className={css.input}
        placeholder="Topic, service, operator, schema …"
        value={text}
        onValueChange={setText}
      />
      <Command.List className={css.list}>
        <Command.Empty className={css.empty}>Nothing in this design has that name.</Command.Empty>
        {found.slice(0, mostFound).map((thing) => (
          <Command.Item key={thing.id} value={thing.id} className={css.item} onSelect={() => go(thing)}>
            <span className={css.icon}>
              <thing.Glyph size={15} />
            </span>
            <span className={css.title}>{thing.name}</span>
            <span className={css.kind}>{thing.kind}</span>
          </Command.Item>
        ))}
        {found.length > mostFound ? (
          <p className={css.more}>
            {found.length - mostFound} more have that name. Type more letters to see them.
          </p>
        ) : null}
      </Command.List>
    </>
  );
}

/** Names that start with the words first, then those that hold them in that order. */
function rank(things: readonly FoundThing[], text: string): readonly FoundThing[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') {
    return things;
  }
  const score = (thing: FoundThing) => {
    const name = thing.name.toLowerCase();
    if (name === wanted) {
      return 0;
    }
    if (name.startsWith(wanted)) {
      return 1;
    }
    return name.includes(wanted) ? 2 : `${name} ${thing.kind.toLowerCase()}`.includes(wanted) ? 3 : 9;
  };
  return things
    .map((thing) => ({ thing, score: score(thing) }))
    .filter((entry) => entry.score < 9)
    .toSorted((a, b) => a.score - b.score)
    .map((entry) => entry.thing);
}
