export {blockAround, type AddressBlock, type Ipv4Block, type Ipv6Block} from './sets/address-block.ts';
export * from './specs/target-spec.ts';
export * from './sets/target-set.ts';
export * from './specs/port-spec.ts';
export * from './order/permutation.ts';
export * from './order/port-order.ts';
export * from './order/scan-space.ts';
export * from './order/product-space.ts';
export * from './order/probe-order.ts';
