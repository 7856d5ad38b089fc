import type { RequestHandler } from 'express';

/** `GET /livez`: whether this process still turns, whatever it stands on does. */
export const answerLive: RequestHandler = (_, response) =>
  void response.set('Cache-Control', 'no-store').json({ status: 'ok' });
