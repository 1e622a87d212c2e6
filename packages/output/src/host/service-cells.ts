import {OWN_SERVICES, type ServiceBook} from '@halfopen/services';

/** Where a report has the names of services from. */
export interface NamedServices {
	/** By default halfopen's own. */
	readonly services?: Pick<ServiceBook, 'serviceName'>;
}

/**
 * The service on a port as a format writes it: `write` escapes the name, which may come from a file of the user's, and
 * puts around it what belongs there. `without` stands for no name. Each is written once and kept.
 */
export const serviceCells = (
	{services = OWN_SERVICES}: NamedServices,
	write: (name: string) => string,
	without = '',
): ((port: number) => string) => {
	const cells = new Map<number, string>();
	return port => {
		let cell = cells.get(port);
		if (cell === undefined) {
			const name = services.serviceName(port);
			cell = name === undefined ? without : write(name);
			cells.set(port, cell);
		}

		return cell;
	};
};
