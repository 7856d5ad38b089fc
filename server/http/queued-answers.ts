import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Node tells an answer that its connection is gone only once it is being sent. Those that wait behind it, since the client
 * has sent requests without waiting for answers, would never hear of it, and whatever they hold would be held for ever.
 * This tells them.
 */
export function tellQueuedAnswers(server: Server): Server {
  const open = new WeakMap<Socket, Set<ServerResponse>>();
  return server.on('request', ({ socket }, response) => {
    const answers = open.get(socket) ?? watch(socket);
    open.set(socket, answers);
    answers.add(response);
    response.once('close', () => answers.delete(response));
  });
}

function watch(socket: Socket): Set<ServerResponse> {
  const answers = new Set<ServerResponse>();
  socket.once('close', () => {
    // After Node has told the one that was being sent.
    setImmediate(() => {
      for (const answer of answers) {
        answer.destroy();
        answer.emit('close');
      }
    });
  });
  return answers;
}
