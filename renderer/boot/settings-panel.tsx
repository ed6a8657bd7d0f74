import type { ThemeChoice } from '../store/view-state.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { PanelHeader } from '../ui/panel-header.tsx';
import { Section } from '../ui/section.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { allActions } from './all-actions.ts';
import { useFeatures } from './features-context.tsx';
import css from './settings-panel.module.css';

const themes: readonly { readonly value: ThemeChoice; readonly label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
];

export function SettingsPanel() {
  const { view } = useWindow();
  const features = useFeatures();
  const theme = useWindowState((state) => state.view.theme);
  const host = useWindowState((state) => state.connection.host);
  const withKeys = allActions(features).filter((action) => action.keys !== undefined);
  return (
    <>
      <PanelHeader title="Settings" />
      <div className={css.body}>
        <Section title="Colours">
          <Segmented label="Colours" value={theme} choices={themes} onChoose={view.setTheme} />
        </Section>
        <Section title="Keys">
          <dl className={css.keys}>
            {withKeys.map((action) => (
              <div key={action.id} className={css.row}>
                <dt>{action.title}</dt>
                <dd>
                  <KeyHint keys={action.keys ?? ''} />
                </dd>
              </div>
            ))}
          </dl>
        </Section>
        {host === null ? null : (
          <Section title="This Millstream">
            <dl className={css.keys}>
              <div className={css.row}>
                <dt>Version</dt>
                <dd>{host.version}</dd>
              </div>
              <div className={css.row}>
                <dt>Runs as</dt>
                <dd>{host.kind === 'electron' ? 'Desktop app' : 'Local web host'}</dd>
              </div>
              <div className={css.row}>
                <dt>Folder</dt>
                <dd className={css.path}>{host.folder}</dd>
              </div>
            </dl>
          </Section>
        )}
      </div>
    </>
  );
}
