import express, { type RequestHandler } from 'express';

const TYPES = new Map([
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
]);

/**
 * The scripts and sheets of `folder` that web/finish-build.mjs has compressed, for clients that read Brotli. Everything else is
 * left to the next handler.
 */
export function compressedFiles(folder: string): RequestHandler {
  // Their names hold a hash of what is in them.
  const serve = express.static(folder, { index: false, redirect: false, immutable: true, maxAge: '1y' });
  return (request, response, next) => {
    const type = TYPES.get(/\.\w+$/.exec(request.path)?.[0] ?? '');
    if (!type || request.acceptsEncodings('br') === false) return next();
    const { url } = request;
    const leave = (error?: unknown) => {
      request.url = url;
      for (const name of ['Content-Encoding', 'Content-Type']) response.removeHeader(name);
      next(error);
    };
    request.url = `${request.path}.br`;
    response.vary('Accept-Encoding').set({ 'Content-Encoding': 'br', 'Content-Type': type });
    serve(request, response, leave);
  };
}
