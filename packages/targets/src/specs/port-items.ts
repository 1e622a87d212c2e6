import {portError} from './spec-error.ts';

/** Whose ports an item of a port specification means, by the letter of its prefix. */
export const PORT_PROTOCOLS = {T: 'TCP', U: 'UDP', S: 'SCTP', P: 'IP protocol'} as const;

export type PortProtocol = keyof typeof PORT_PROTOCOLS;

/** One port, range or name of a port specification, and what holds for it. */
export type PortItem = {
	readonly text: string;
	readonly protocol: PortProtocol;
	/** It stands in brackets: only ports that are listed count. */
	readonly listedOnly: boolean;
};

/**
 * The items of a port specification, in the order written.
 * @throws ScanError `ERR_HALFOPEN_PORT`
 */
export const splitPorts = (spec: string): readonly PortItem[] => {
	if (!PAIRED_BRACKETS.test(spec)) {
		throw portError('brackets in pairs and not nested', spec, spec);
	}

	return splitList(spec, {protocol: 'T', listedOnly: false}, spec);
};

const PAIRED_BRACKETS = /^[^[\]]*(?:\[[^[\]]*\][^[\]]*)*$/;

type Scope = Omit<PortItem, 'text'>;

const splitList = (list: string, scope: Scope, spec: string): readonly PortItem[] => {
	let {protocol} = scope;
	return splitAtCommas(withoutTrailingComma(list)).flatMap(element => {
		const {prefix, text} = splitPrefix(element.trim());
		protocol = prefix === undefined ? protocol : checkProtocol(prefix, spec);
		return text.startsWith('[') && text.endsWith(']')
			? splitList(text.slice(1, -1), {protocol, listedOnly: true}, spec)
			: {text, protocol, listedOnly: scope.listedOnly};
	});
};

/** One comma at the end is allowed, behind something. */
const withoutTrailingComma = (list: string): string => list.replace(/(?<=[^,\s]\s*),\s*$/, '');

/** Commas inside of brackets do not count. */
const splitAtCommas = (list: string): string[] =>
	[...`,${list}`.matchAll(/,((?:[^,[]+|\[[^\]]*\])*)/g)].map(([, element]) => element);

const splitPrefix = (element: string): {prefix?: string; text: string} => {
	const [, prefix, text] = /^([a-z]):\s*(.*)$/i.exec(element) ?? [];
	return prefix === undefined ? {text: element} : {prefix, text};
};

const checkProtocol = (prefix: string, spec: string): PortProtocol => {
	if (!Object.hasOwn(PORT_PROTOCOLS, prefix)) {
		throw portError('one of the prefixes `T:`, `U:`, `S:` and `P:`', `${prefix}:`, spec);
	}

	return prefix as PortProtocol;
};
