import { useEffect } from 'react';
import { useWindowState } from '../store/window-context.tsx';

/** Puts the chosen colours on the page; `system` follows the system as it changes. */
export function useTheme(): void {
  const theme = useWindowState((state) => state.view.theme);
  useEffect(() => {
    const prefersLight = matchMedia('(prefers-color-scheme: light)');
    const apply = () => {
      const light = theme === 'light' || (theme === 'system' && prefersLight.matches);
      document.documentElement.dataset.theme = light ? 'light' : 'dark';
    };
    apply();
    prefersLight.addEventListener('change', apply);
    return () => prefersLight.removeEventListener('change', apply);
  }, [theme]);
}
