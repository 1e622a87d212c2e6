export {isListed, portsNamed, serviceName} from './service-names.ts';
export * from './popularity.ts';
export * from './service-book.ts';
export * from './services-file.ts';
