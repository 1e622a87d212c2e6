export {isListed, portsNamed, serviceName} from './service-names.ts';
export * from './popularity.ts';
