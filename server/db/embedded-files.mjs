// The embedded database's files, with a real fsync. In PGlite's own file system fsync does nothing, so a power cut may
// lose what PostgreSQL believes is written. Plain JavaScript, for the database's thread.
import { closeSync, fdatasyncSync, fsyncSync, openSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

export class SyncedFiles extends NodeFS {
  async init(pg, options) {
    const { emscriptenOpts } = await super.init(pg, options);
    const preRun = [...emscriptenOpts.preRun, ({ FS }) => sync(FS)];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

function sync(FS) {
  const { NODEFS } = FS.filesystems;
  NODEFS.stream_ops.fsync = ({ node, nfd }) => {
    NODEFS.tryFSOperation(() =>
      FS.isDir(node.mode) ? syncFolder(NODEFS.realPath(node)) : fdatasyncSync(nfd),
    );
    return 0;
  };
}

/** Flushes created and renamed names in a folder to disk. Windows has no such call and needs none. */
function syncFolder(path) {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
