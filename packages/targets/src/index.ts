export {blockAround, type AddressBlock, type Ipv4Block, type Ipv6Block} from './address-block.ts';
export * from './target-spec.ts';
export * from './target-set.ts';
export * from './port-spec.ts';
export * from './permutation.ts';
export * from './port-order.ts';
