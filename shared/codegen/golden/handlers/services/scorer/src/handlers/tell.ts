import type { Handlers } from '../generated/handlers.js';

/** “Tell”: this file is yours and is never written again. */
export const tell: Handlers['tell'] = (input) => {
  console.log('tell', JSON.stringify(input));
};
