export * from './classify-reply.ts';
export * from './host-evidence.ts';
export * from './replaces.ts';
export * from './port-results.ts';
