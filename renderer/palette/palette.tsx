import { useState } from 'react';
import { paletteMime } from '../store/palette-item.ts';
import { useWindow } from '../store/window-context.tsx';
import { Section } from '../ui/section.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import css from './palette.module.css';
import { type PaletteEntry, paletteGroups } from './palette-items.ts';

/** All that can be drawn: drag it onto the canvas, or press it to put it into the middle. */
export function Palette() {
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  const groups = paletteGroups
    .map((group) => ({
      ...group,
      entries: group.entries.filter((entry) =>
        `${entry.title} ${entry.summary}`.toLowerCase().includes(wanted),
      ),
    }))
    .filter((group) => group.entries.length > 0);
  return (
    <div className={css.palette}>
      <div className={css.search}>
        <TextInput
          type="search"
          aria-label="Find in the palette"
          placeholder="Find what to draw"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </div>
      {groups.map((group) => (
        <Section key={group.title} title={group.title}>
          <ul className={css.entries}>
            {group.entries.map((entry) => (
              <li key={entry.id}>
                <Entry entry={entry} />
              </li>
            ))}
          </ul>
        </Section>
      ))}
      {groups.length === 0 ? <p className={css.none}>Nothing to draw has these words.</p> : null}
    </div>
  );
}

function Entry({ entry }: { readonly entry: PaletteEntry }) {
  const { view } = useWindow();
  return (
    <Tooltip text={entry.summary} side="right">
      <button
        type="button"
        draggable
        className={css.entry}
        onDragStart={(event) => {
          event.dataTransfer.setData(paletteMime, JSON.stringify(entry.item));
          event.dataTransfer.effectAllowed = 'copy';
        }}
        onClick={() => view.wishOfCanvas({ do: 'add', item: entry.item })}
      >
        <span className={css.glyph} style={entry.hue === undefined ? undefined : { color: entry.hue }}>
          <entry.Glyph size={16} />
        </span>
        <span className={css.title}>{entry.title}</span>
      </button>
    </Tooltip>
  );
}
