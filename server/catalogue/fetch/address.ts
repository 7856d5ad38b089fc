import ipaddr from 'ipaddr.js';

/**
 * Whether an address belongs to the public internet: not loopback, private, link-local (the clouds' metadata
 * services live there), multicast, reserved, or IPv6 that only wraps one of them.
 */
export function isPublicAddress(address: string): boolean {
  // process() unwraps ::ffff:127.0.0.1; other wrappings (NAT64, 6to4, Teredo) are not 'unicast' in themselves.
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}
