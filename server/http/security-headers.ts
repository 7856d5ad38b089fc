import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

/**
 * The one sheet that a library of the pages (react-zoom-pan-pinch) writes into them without a way to give it a nonce, and
 * the empty one that it begins as.
 */
const ZOOM_STYLES = [
  "'sha256-/aQdAPrD+kc0v7HnGQTuKBtoP6ZN+lnzOGVJ1Qt6dfw='",
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
];

const nonceOf = (_: unknown, response: object) => `'nonce-${(response as Response).locals.nonce}'`;

/** New for each answer: what was put into an earlier one, or guessed, does not run. */
const makeNonce: RequestHandler = (_, response, next) => {
  response.locals.nonce = randomBytes(16).toString('base64');
  next();
};

/** Plain HTTP on one's own machine must go on working. */
const headers = helmet({
  strictTransportSecurity: false,
  crossOriginResourcePolicy: { policy: 'cross-origin' },
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      // Scripts load their further parts themselves: no address is trusted, not even one of ours.
      scriptSrc: [nonceOf, "'strict-dynamic'"],
      scriptSrcAttr: ["'none'"],
      styleSrc: ["'self'", nonceOf, ...ZOOM_STYLES],
      // React writes measures that it computes (where an outline's label stands, a picture's shape) as attributes.
      styleSrcAttr: ["'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      mediaSrc: ["'self'", 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'self'"],
    },
  },
});

export const securityHeaders: RequestHandler[] = [makeNonce, headers];
