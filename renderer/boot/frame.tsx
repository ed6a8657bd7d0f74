import { useMemo } from 'react';
import { Canvas } from '../canvas/canvas.tsx';
import { PropertiesPanel } from '../properties/properties-panel.tsx';
import type { Feature } from '../store/feature.ts';
import { selectPropertiesOpen } from '../store/selectors.ts';
import { useShallowState, useWindow, useWindowState } from '../store/window-context.tsx';
import { PanelGuard } from '../ui/panel-guard.tsx';
import { Split, type SplitPane } from '../ui/split.tsx';
import { ActivityRail } from './activity-rail.tsx';
import { BottomPanel } from './bottom-panel.tsx';
import { DesignBar } from './design-bar.tsx';
import { useFeatures } from './features-context.tsx';
import css from './frame.module.css';
import { StatusBar } from './status-bar.tsx';
import { useTabOrder } from './tab-order.ts';

/** The window while a design is open: the drawing in the middle, everything else around it. */
export function Frame() {
  const features = useVisibleFeatures();
  useTabOrder();
  const { activities, panels, statusItems } = useMemo(() => gather(features), [features]);
  return (
    <div className={css.frame}>
      <div className={css.middle}>
        <ActivityRail activities={activities} />
        <Panes activities={activities} panels={panels} />
      </div>
      <StatusBar items={statusItems} />
      {features.map(({ id, Background }) =>
        Background === undefined ? null : (
          <PanelGuard key={id} what={id}>
            <Background />
          </PanelGuard>
        ),
      )}
    </div>
  );
}

type Gathered = ReturnType<typeof gather>;

function Panes({ activities, panels }: Pick<Gathered, 'activities' | 'panels'>) {
  const { view, store } = useWindow();
  const activity = useWindowState((state) => state.view.activity);
  const open = useShallowState((state) => ({
    side: state.view.panels.side,
    properties: selectPropertiesOpen(state),
    bottom: state.view.panels.bottom,
  }));
  const sizes = store.getState().view.panels;
  const chosen = activities.find((entry) => entry.id === activity) ?? activities[0];

  const drawing: SplitPane = {
    id: 'drawing',
    size: null,
    min: 160,
    children: <Drawing />,
  };
  const column: SplitPane = {
    id: 'middle',
    size: null,
    min: 280,
    children: (
      <Split
        direction="vertical"
        panes={
          open.bottom && panels.length > 0
            ? [
                drawing,
                {
                  id: 'bottom',
                  size: sizes.bottomSize,
                  min: 96,
                  onResize: (bottomSize) => view.setPanels({ bottomSize }),
                  children: (
                    <section className={css.panel} aria-label="Bottom panel" data-part="bottom">
                      <BottomPanel panels={panels} />
                    </section>
                  ),
                },
              ]
            : [drawing]
        }
      />
    ),
  };
  const panes: SplitPane[] = [column];
  if (open.side && chosen !== undefined) {
    panes.unshift({
      id: 'side',
      size: sizes.sideSize,
      min: 180,
      max: 480,
      onResize: (sideSize) => view.setPanels({ sideSize }),
      children: (
        <aside className={css.panel} aria-label={chosen.title} data-part="side">
          <PanelGuard key={chosen.id} what={chosen.title}>
            <chosen.SidePanel />
          </PanelGuard>
        </aside>
      ),
    });
  }
  if (open.properties) {
    panes.push({
      id: 'properties',
      size: sizes.propertiesSize,
      min: 220,
      max: 560,
      onResize: (propertiesSize) => view.setPanels({ propertiesSize }),
      children: (
        <aside className={css.panel} aria-label="Properties" data-part="properties">
          <PanelGuard what="The properties">
            <PropertiesPanel />
          </PanelGuard>
        </aside>
      ),
    });
  }
  return (
    <div className={css.panes}>
      <Split direction="horizontal" panes={panes} />
    </div>
  );
}

function Drawing() {
  return (
    <main className={css.drawing} data-part="drawing">
      <DesignBar />
      <div className={css.canvas}>
        <PanelGuard what="The drawing">
          <Canvas />
        </PanelGuard>
      </div>
    </main>
  );
}

function useVisibleFeatures(): readonly Feature[] {
  const features = useFeatures();
  const shown = useShallowState((state) => features.filter((feature) => feature.when?.(state) ?? true));
  return shown;
}

function gather(features: readonly Feature[]) {
  const byOrder = (a: { readonly order: number }, b: { readonly order: number }) => a.order - b.order;
  return {
    activities: features.flatMap((feature) => feature.activities ?? []).toSorted(byOrder),
    panels: features.flatMap((feature) => feature.bottomPanels ?? []).toSorted(byOrder),
    statusItems: features.flatMap((feature) => feature.statusItems ?? []).toSorted(byOrder),
  };
}
