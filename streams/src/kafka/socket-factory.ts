import type { Socket } from 'node:net';

/** As KafkaJS makes its sockets. */
export type SocketFactory = (options: object) => Socket;

/**
 * KafkaJS lets go of a socket whenever it ends a connection, also of one that is gone already; Node then
 * waits each time for that socket to connect. While a broker is down that would add up.
 */
export function createQuietSockets(create: SocketFactory): SocketFactory {
  return (options) => {
    const socket = create(options);
    const unref = socket.unref.bind(socket);
    socket.unref = () => (socket.destroyed ? socket : unref());
    return socket;
  };
}
