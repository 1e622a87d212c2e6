export * from './check-network.ts';
export * from './simulated-network.ts';
export * from './simulated-transport.ts';
