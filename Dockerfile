FROM node:24-bookworm-slim AS packages
WORKDIR /armoire
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM packages AS server
# pg_dump and pg_restore of the database's version, for backups: Debian's own are older.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends postgresql-common ca-certificates \
  && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
  && apt-get install --yes --no-install-recommends postgresql-client-17 \
  && rm -rf /var/lib/apt/lists/*
COPY tsconfig.json ./
COPY migrations migrations
COPY model/weights model/weights
COPY server server
RUN mkdir /data && chown node /data
# glibc's arenas, one for every few threads, would hold 100 MB of freed pixels and tensors.
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=4194304
USER node
EXPOSE 4000
CMD ["node", "--import", "tsx", "server/main.ts"]

# A node of a distributed database: Citus's image, whose base can install pgvector.
FROM citusdata/citus:14.0.1 AS citus
RUN apt-get update \
  && apt-get install --yes --no-install-recommends "postgresql-$PG_MAJOR-pgvector" \
  && rm -rf /var/lib/apt/lists/*

# onnxruntime's CUDA libraries, which stand outside its package, and the CUDA 12 and cuDNN 9 that they are linked to.
FROM packages AS packages-gpu
RUN ONNXRUNTIME_NODE_INSTALL=cuda12 node node_modules/onnxruntime-node/script/install

FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu24.04 AS server-gpu
RUN apt-get update \
  && apt-get install --yes --no-install-recommends postgresql-common ca-certificates \
  && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
  && apt-get install --yes --no-install-recommends postgresql-client-17 \
  && rm -rf /var/lib/apt/lists/*
COPY --from=packages /usr/local/bin /usr/local/bin
COPY --from=packages /usr/local/lib/node_modules /usr/local/lib/node_modules
WORKDIR /armoire
COPY --from=packages-gpu /armoire ./
COPY tsconfig.json ./
COPY migrations migrations
COPY model/weights model/weights
COPY server server
# The image's own first user has the number that the node image gives to `node`: the volume is the same for both.
RUN mkdir /data && chown 1000 /data
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=4194304
USER 1000
EXPOSE 4000
CMD ["node", "--import", "tsx", "server/main.ts"]

FROM packages AS build
RUN npm ci
COPY tsconfig.json ./
COPY web web
RUN npx tsx web/widget/build.ts && NEXT_TELEMETRY_DISABLED=1 npx next build web && node web/finish-build.mjs

FROM packages AS web
COPY tsconfig.json ./
COPY server server
COPY --from=build /armoire/web web
USER node
EXPOSE 3000
CMD ["node", "--import", "tsx", "server/front/main.ts"]
