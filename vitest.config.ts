import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * These are about HTTP, files or the model, and ask nothing of a database that others do not: one engine is enough. Where there
 * is a server it is that one, which is quicker.
 */
const ON_ONE_ENGINE = [
  'test/db/import-forms.test.ts',
  'test/db/refresh-images.test.ts',
  ...['audits', 'docs', 'errors', 'http', 'mcp', 'outfits-cost', 'pages', 'preview-feed', 'query-cost'].map(
    (name) => `test/api/${name}.test.ts`,
  ),
  ...['refine-model', 'region', 'scores', 'texts', 'uploads', 'webhook-receiver'].map(
    (name) => `test/api/${name}.test.ts`,
  ),
];

/** These take minutes, and what they ask of a database others ask of both: one engine here too. */
const TAKING_MINUTES = [
  'test/db/reembed-kill.test.ts',
  ...['corrections', 'looks', 'tenancy', 'webhooks'].map((name) => `test/api/${name}.test.ts`),
];

/** These are about nothing else. */
const ON_CITUS_ALONE = ['test/api/moved-shop.test.ts'];

/** Tests of whole servers meet the clock: on a machine that others use one may be late, and gets a second try. */
const LATE_MACHINE = 1;

/** These are about one PostgreSQL, or make a database without the template. */
const NOT_ON_CITUS = [
  ...ON_ONE_ENGINE,
  ...['backup', 'frozen', 'several-servers'].map((name) => `test/api/${name}.test.ts`),
  ...['import-kill', 'import-scale', 'migrate', 'power-cut', 'reembed-kill', 'replica', 'starting'].map(
    (name) => `test/db/${name}.test.ts`,
  ),
];

const withDatabase = (name: string, engine: 'embedded' | 'server') => ({
  extends: true as const,
  test: {
    name,
    include: ['test/db/**/*.test.ts', 'test/api/**/*.test.ts'],
    exclude: [
      ...ON_CITUS_ALONE,
      ...(engine === 'embedded' && process.env.TEST_DATABASE_URL
        ? [...ON_ONE_ENGINE, ...TAKING_MINUTES]
        : []),
    ],
    globalSetup: ['test/helpers/template-database.ts'],
    // Each file makes servers and databases of its own. To load the product's modules anew for each took a third of the time.
    isolate: false,
    retry: LATE_MACHINE,
    env: { TEST_ENGINE: engine },
  },
});

/** To the tests it is a server like another; the template is distributed. */
const onCitus = (url: string) => {
  const { test, ...rest } = withDatabase('citus', 'server');
  const env = { ...test.env, TEST_DATABASE_URL: url, TEST_DISTRIBUTED: 'yes' };
  return { ...rest, test: { ...test, exclude: NOT_ON_CITUS, env } };
};

export default defineConfig({
  resolve: {
    // Without the second one tests get graphql's other build, whose classes are not those that the libraries check against.
    alias: [
      // As web/tsconfig.json has it, for tests of what pages compute.
      { find: /^@\//, replacement: fileURLToPath(new URL('web/', import.meta.url)) },
      {
        find: /^graphql$/,
        replacement: fileURLToPath(new URL('node_modules/graphql/index.js', import.meta.url)),
      },
    ],
  },
  test: {
    watch: false,
    setupFiles: ['reflect-metadata'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // An embedded database takes 300 MB.
    // They wait as much as they work: a third fills two cores.
    maxWorkers: Math.min(4, Math.max(3, availableParallelism())),
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'process',
          include: ['test/process/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          retry: LATE_MACHINE,
        },
      },
      withDatabase('embedded', 'embedded'),
      // The same behaviour on a real server, where one is at hand.
      ...(process.env.TEST_DATABASE_URL ? [withDatabase('server', 'server')] : []),
      // And on one that distributes the tables by shop.
      ...(process.env.TEST_CITUS_URL ? [onCitus(process.env.TEST_CITUS_URL)] : []),
    ],
  },
});
