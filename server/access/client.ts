import ipaddr from 'ipaddr.js';

/** Some proxies write the port of the client's connection, too. */
const WITH_PORT = /^(?:\[([^\]]*)\](?::\d+)?|([\d.]+):\d+)$/;

/** The name under which a client is rate-limited. An IPv6 client has a whole /64, so the /64 counts as one. */
export function clientOf(given: string | undefined): string {
  const [, six, four] = WITH_PORT.exec(given ?? '') ?? [];
  const address = six ?? four ?? given;
  if (!address || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${(parsed as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
