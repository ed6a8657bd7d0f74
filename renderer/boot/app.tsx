import { useEffect } from 'react';
import type { Feature } from '../store/feature.ts';
import type { MillstreamWindow } from '../store/millstream-window.ts';
import { selectHasDesign } from '../store/selectors.ts';
import { useWindow, useWindowState, WindowProvider } from '../store/window-context.tsx';
import { ToastHost } from '../ui/toast.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';
import css from './app.module.css';
import { BrokenScreen } from './broken-screen.tsx';
import { CommandPalette } from './command-palette.tsx';
import { FeaturesProvider, useFeatures } from './features-context.tsx';
import { FileQuestions } from './file-questions.tsx';
import { Frame } from './frame.tsx';
import { LinkBanner } from './link-banner.tsx';
import { NewDesignDialog } from './new-design-dialog.tsx';
import { OpenScreen } from './open-screen.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { useTheme } from './use-theme.ts';

interface AppProps {
  readonly window: MillstreamWindow;
  readonly features: readonly Feature[];
}

export function App({ window, features }: AppProps) {
  return (
    <WindowProvider window={window}>
      <FeaturesProvider value={features}>
        <TooltipProvider delay={350}>
          <ToastHost>
            <Content />
          </ToastHost>
        </TooltipProvider>
      </FeaturesProvider>
    </WindowProvider>
  );
}

function Content() {
  const window = useWindow();
  const hasDesign = useWindowState(selectHasDesign);
  const isBroken = useWindowState((state) => state.document.broken !== null);
  useShortcuts(window, useFeatures());
  useTheme();
  useTitle();
  return (
    <div className={css.window}>
      <LinkBanner />
      <div className={css.content}>
        {isBroken ? <BrokenScreen /> : hasDesign ? <Frame /> : <OpenScreen />}
      </div>
      <CommandPalette />
      <FileQuestions />
      <NewDesignDialog />
    </div>
  );
}

function useTitle(): void {
  const name = useWindowState((state) => state.document.design?.name ?? null);
  const dirty = useWindowState((state) => state.document.dirty);
  useEffect(() => {
    document.title = name === null ? 'Millstream' : `${dirty ? '• ' : ''}${name} – Millstream`;
  }, [name, dirty]);
}
