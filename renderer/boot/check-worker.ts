import './zod-settings.ts';
import { checkDesign } from '#shared/checks/check-design.ts';
import type { Design } from '#shared/design/design.ts';

// The rules run here, so that drawing and typing never wait for them.
addEventListener('message', (event: MessageEvent<{ readonly turn: number; readonly design: Design }>) => {
  const { turn, design } = event.data;
  postMessage({ turn, diagnostics: checkDesign(design) });
});
