FROM node:22-bookworm-slim AS packages
WORKDIR /armoire
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM packages AS server
COPY tsconfig.json ./
COPY migrations migrations
COPY model/weights model/weights
COPY server server
RUN mkdir /data && chown node /data
USER node
EXPOSE 4000
CMD ["npx", "tsx", "server/main.ts"]

FROM packages AS build
RUN npm ci
COPY tsconfig.json ./
COPY web web
# Rewrites to the server are fixed when the pages are built.
ARG API_ORIGIN=http://server:4000
RUN API_ORIGIN=$API_ORIGIN NEXT_TELEMETRY_DISABLED=1 npx next build web

FROM packages AS web
COPY --from=build /armoire/web web
USER node
EXPOSE 3000
CMD ["npx", "next", "start", "web"]
