import {type Address, formatAddress} from '@halfopen/model';
import {escapeText} from '../text/escape-text.ts';
import {formatTable} from '../text/text-table.ts';

/** An interface, as far as it is shown. */
export interface ShownInterface {
	readonly name: string;
	readonly type: string;
	readonly up: boolean;
	readonly mtu: number;
	readonly mac?: string;
	readonly addresses: readonly {readonly address: Address; readonly prefixLength: number}[];
}

/** A route, as far as it is shown. */
export interface ShownRoute {
	readonly destination: Address;
	readonly prefixLength: number;
	readonly device: string;
	readonly metric: number;
	readonly gateway?: Address;
}

/** The tables of --iflist, as Nmap lays them out: a row for each address of each interface, and one for each route. */
export const formatNetworkTables = (
	interfaces: readonly ShownInterface[],
	routes: readonly ShownRoute[],
): string =>
	[
		title('INTERFACES'),
		table([
			['DEV', '(SHORT)', 'IP/MASK', 'TYPE', 'UP', 'MTU', 'MAC'],
			...interfaces.flatMap(each => interfaceRows(each)),
		]),
		'\n',
		title('ROUTES'),
		table([['DST/MASK', 'DEV', 'METRIC', 'GATEWAY'], ...routes.map(route => routeRow(route))]),
		'\n',
	].join('');

const WIDTH = 58;

const title = (text: string): string => {
	const before = Math.floor((WIDTH - text.length) / 2);
	return `${'*'.repeat(before)}${text}${'*'.repeat(WIDTH - text.length - before)}\n`;
};

const interfaceRows = ({name, type, up, mtu, mac, addresses}: ShownInterface): string[][] => {
	const shown = escapeText(name);
	const rest = [
		SHOWN_TYPES[type] ?? type,
		up ? 'up' : 'down',
		String(mtu),
		type === 'ethernet' ? (mac?.toUpperCase() ?? '') : '',
	];
	return (addresses.length === 0 ? ['(none)/0'] : addresses.map(prefixText)).map(prefix => [
		shown,
		`(${shown})`,
		prefix,
		...rest,
	]);
};

const SHOWN_TYPES: Readonly<Record<string, string>> = {'point-to-point': 'point2point'};

const routeRow = ({destination: address, prefixLength, device, metric, gateway}: ShownRoute): string[] => [
	prefixText({address, prefixLength}),
	escapeText(device),
	String(metric),
	gateway === undefined ? '' : formatAddress(gateway),
];

const prefixText = ({address, prefixLength}: {address: Address; prefixLength: number}): string =>
	`${formatAddress(address)}/${prefixLength}`;

/** Cells at the end of a row may be empty. */
const table = (rows: readonly (readonly string[])[]): string => formatTable(rows).replaceAll(/ +$/gm, '');
