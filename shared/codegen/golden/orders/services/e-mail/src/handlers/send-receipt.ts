import type { Handlers } from '../generated/handlers.js';

/** “Send the receipt”: this file is yours and is never written again. */
export const sendReceipt: Handlers['sendReceipt'] = (input) => {
  console.log('sendReceipt', JSON.stringify(input));
};
