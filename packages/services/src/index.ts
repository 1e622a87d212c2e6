export {isListed, portsNamed, serviceName} from './service-names.ts';
export * from './popularity.ts';
export * from './service-book.ts';
export {
	findServicesFile,
	parseServices,
	readServicesFile,
	type ServiceList,
	type ServicesPlaces,
} from './services-file.ts';
export * from './unread-services.ts';
