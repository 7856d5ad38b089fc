import ipaddr from 'ipaddr.js';

/** All of IPv6 that is handed out (RFC 4291, 2.4). Outside of it is `::127.0.0.1`, too. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an address is on the public internet: not loopback, private, link-local (where clouds have their metadata
 * services), multicast, reserved, or an IPv6 address that wraps one of them.
 */
export function isPublicAddress(address: string): boolean {
  // process() unwraps ::ffff:127.0.0.1; other wrappings (NAT64, 6to4, Teredo) already have ranges other than 'unicast'.
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST));
}
