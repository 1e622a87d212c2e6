export * from './simulated-network.ts';
export * from './simulated-transport.ts';
