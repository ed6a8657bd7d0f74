import './zod-settings.ts';
import '@fontsource/inter/latin-400.css';
import '@fontsource/inter/latin-500.css';
import '@fontsource/inter/latin-600.css';
import '@fontsource/jetbrains-mono/latin-400.css';
import '@xyflow/react/dist/base.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { features } from './features.tsx';
import { openHostTransport } from './host-transport.ts';
import { startWindow } from './start-window.ts';

const root = document.getElementById('root');
if (root === null) {
  throw new Error('The page has no element #root.');
}
const millstream = startWindow({ features, openTransport: openHostTransport, storage: localStorage });
createRoot(root).render(<App window={millstream} features={features} />);
