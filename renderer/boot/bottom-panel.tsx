import { ChevronDown } from 'lucide-react';
import type { BottomPanelEntry } from '../store/feature.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PanelGuard } from '../ui/panel-guard.tsx';
import { Tabs } from '../ui/tabs.tsx';

/** The tabs below the canvas; features bring them. */
export function BottomPanel({ panels }: { readonly panels: readonly BottomPanelEntry[] }) {
  const { view } = useWindow();
  const wanted = useWindowState((state) => state.view.panels.bottomTab);
  const shown = panels.find((panel) => panel.id === wanted) ?? panels[0];
  if (shown === undefined) {
    return null;
  }
  const { Panel } = shown;
  return (
    <Tabs
      label="Bottom panel"
      tabs={panels.map(({ id, title, Mark }) => ({ id, title, mark: Mark === undefined ? null : <Mark /> }))}
      selected={shown.id}
      onSelect={view.showBottomTab}
      end={
        <IconButton
          label="Fold bottom panel"
          keys="mod+j"
          size="sm"
          onClick={() => view.setPanels({ bottom: false })}
        >
          <ChevronDown size={15} aria-hidden="true" />
        </IconButton>
      }
    >
      <PanelGuard key={shown.id} what={shown.title}>
        <Panel />
      </PanelGuard>
    </Tabs>
  );
}
