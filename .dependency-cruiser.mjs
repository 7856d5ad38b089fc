/**
 * The floors of the house: `npm run check` fails where an import runs up, or in a circle. docs/architecture.md says
 * what each room is for. A room imports from its own floor and from those below, and knows nothing of those above.
 * What two rooms share belongs on a floor below both.
 */

/** From the top. A name ending in .ts is a file of server/, any other a folder. */
const FLOORS = [
  {
    rooms: [
      'cli',
      'front',
      'main.ts',
      'start.ts',
      'app.ts',
      'schema.ts',
      'services.ts',
      'loaders.ts',
      'context.ts',
      'pages.ts',
    ],
    is: 'composition: puts the rooms together',
  },
  {
    rooms: ['mcp', 'nodes', 'widget', 'insights', 'merchandising', 'models', 'health', 'metrics', 'webhooks'],
    is: 'edits and watches what lies below',
  },
  { rooms: ['outfits', 'try-on'], is: 'built on similar items' },
  { rooms: ['retrieval'], is: 'similar items: the search, its ranking, reasons and facets' },
  { rooms: ['catalogue', 'photos'], is: 'how items and photos come in' },
  { rooms: ['garments'], is: 'garments and their vectors' },
  {
    rooms: ['images', 'shops', 'backup', 'outbox'],
    is: 'stored images; the shops; backups; what happened, to be told to a shop’s systems',
  },
  { rooms: ['access'], is: 'keys, viewers, limits' },
  { rooms: ['graphql', 'db', 'http', 'store'], is: 'plumbing that knows of no domain' },
  { rooms: ['config.ts', 'demo'], is: 'settings; the demo shop and its drawings' },
  { rooms: ['vision'], is: 'pixels in, garments out' },
  { rooms: ['errors', 'vocabulary', 'tracing', 'log.ts', 'watchdog'], is: 'what all rooms share' },
];

/** Floors within a room, from the top. What is not named here stands above them all. */
const WITHIN = {
  'server/catalogue': [
    ['worker'],
    ['deleted'],
    ['slots'],
    ['imports', 'duplicates', 'staff'],
    ['items'],
    ['looks'],
    ['staging'],
    ['feed', 'fetch', 'queue'],
    ['limits.ts'],
  ],
  'server/retrieval': [['ranking'], ['nearest']],
  'server/vision': [['masks'], ['runtime'], ['contract.ts']],
};

const escaped = (name) => name.replace('.', '\\.');
const pathOf = (folder, name) =>
  `^${folder}/${escaped(name)}${name.endsWith('.ts') || name.endsWith(')') ? '' : '/'}`;

function upward(folder, floors, comment) {
  return floors.flatMap((rooms, floor) => {
    const above = floors.slice(0, floor).flat();
    if (above.length === 0) return [];
    return [
      {
        name: `${folder}: ${rooms.join(', ')} must not look up`,
        comment: comment(floor),
        severity: 'error',
        from: { path: rooms.map((room) => pathOf(folder, room)) },
        to: { path: above.map((room) => pathOf(folder, room)) },
      },
    ];
  });
}

const serverRules = upward(
  'server',
  FLOORS.map(({ rooms }) => rooms),
  (floor) =>
    `This floor is "${FLOORS[floor].is}" and imports from itself and the floors below alone. Move what both need to ` +
    `the highest floor below both, or pass it in as an argument.`,
);

const roomRules = Object.entries(WITHIN).flatMap(([room, floors]) =>
  upward(
    room,
    floors,
    (floor) =>
      `Inside ${room}, ${floors[floor].join(' and ')} may use what comes after it in ` +
      `${floors.map((names) => names.join(', ')).join(' > ')}. Move what both need further to the right.`,
  ),
);

const only = (name, comment, to, from) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^server/', pathNot: from },
  to: { path: to },
});

export default {
  forbidden: [
    {
      name: 'no circles',
      comment:
        'Files that import each other cannot be understood or tested apart: move what both need to a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...serverRules,
    ...roomRules,
    only(
      'one way into the drawings',
      'The generator of drawings is reached by server/demo/drawing/index.ts alone: export from there what you need.',
      '^server/demo/drawing/(?!index\\.ts)',
      '^server/demo/drawing/',
    ),
    only(
      'onnxruntime in vision/runtime',
      'Only server/vision/runtime talks to onnxruntime-node: ask for a session there.',
      'node_modules/onnxruntime-node/',
      '^server/vision/runtime/',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types count: a room that names another's types has to be read with it.
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { extensions: ['.ts', '.mjs'] },
  },
};
