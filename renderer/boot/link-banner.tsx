import { Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { Button } from '../ui/button.tsx';
import css from './link-banner.module.css';

/** Says that the host cannot be reached, once that is more than a moment. */
export function LinkBanner() {
  const { connection } = useWindow();
  const link = useWindowState((state) => state.connection.link);
  const problem = useWindowState((state) => state.connection.problem);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(link === 'connecting'), link === 'connecting' ? 1_500 : 0);
    return () => clearTimeout(timer);
  }, [link]);
  if (link === 'open' || (link === 'connecting' && !late)) {
    return null;
  }
  return (
    <div className={css.banner} role="alert">
      <Unplug size={15} aria-hidden="true" />
      <span className={css.text}>
        {link === 'connecting'
          ? 'Connecting to Millstream’s host …'
          : `Not connected. ${problem ?? 'The host cannot be reached.'} Your drawing is kept in this window.`}
      </span>
      {link === 'closed' ? (
        <Button size="sm" onClick={connection.reconnect}>
          Connect again
        </Button>
      ) : null}
    </div>
  );
}
