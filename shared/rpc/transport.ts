/**
 * A pipe between the user interface and its host: messages are plain data (what JSON can say), arrive whole and in
 * order, or the pipe closes. Electron's port, a WebSocket and a pair in memory are the three there are.
 */
export interface Transport {
  send(message: unknown): void;
  /** At most one receiver. Returns a function that stops receiving. */
  onMessage(receive: (message: unknown) => void): () => void;
  /** Called once when the pipe closes, whoever closed it; soon, when it is closed already. */
  onClose(closed: () => void): () => void;
  close(): void;
}
