import ipaddr from 'ipaddr.js';

/**
 * Whether an address is on the public internet: not loopback, private, link-local (where clouds have their metadata
 * services), multicast, reserved, or an IPv6 address that wraps one of them.
 */
export function isPublicAddress(address: string): boolean {
  // process() unwraps ::ffff:127.0.0.1; other wrappings (NAT64, 6to4, Teredo) already have ranges other than 'unicast'.
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}
