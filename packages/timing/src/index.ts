export * from './parameters.ts';
export * from './rtt.ts';
export * from './congestion-window.ts';
export * from './send-delay.ts';
export * from './rate-floor.ts';
export * from './group-timing.ts';
export * from './host-timing.ts';
