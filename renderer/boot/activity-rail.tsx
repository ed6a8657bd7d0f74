import type { ActivityEntry } from '../store/feature.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { classNames } from '../ui/class-names.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import css from './activity-rail.module.css';

/** The icons at the left edge; pressing the chosen one folds its side panel. */
export function ActivityRail({ activities }: { readonly activities: readonly ActivityEntry[] }) {
  const top = activities.filter((activity) => activity.atFoot !== true);
  const foot = activities.filter((activity) => activity.atFoot === true);
  return (
    <nav className={css.rail} aria-label="Activities" data-part="rail">
      <Entries activities={top} />
      <span className={css.gap} />
      <Entries activities={foot} />
    </nav>
  );
}

function Entries({ activities }: { readonly activities: readonly ActivityEntry[] }) {
  const { view } = useWindow();
  const chosen = useWindowState((state) => state.view.activity);
  const open = useWindowState((state) => state.view.panels.side);
  return activities.map(({ id, title, icon: Icon }) => (
    <Tooltip key={id} text={title} side="right">
      <button
        type="button"
        aria-label={title}
        aria-pressed={id === chosen && open}
        className={classNames(css.entry, id === chosen && css.chosen)}
        onClick={() => view.chooseActivity(id)}
      >
        <Icon size={19} />
      </button>
    </Tooltip>
  ));
}
