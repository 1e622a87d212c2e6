export * from './connect-transport.ts';
