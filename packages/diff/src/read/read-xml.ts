import type {GrowingHost, ResultBuilder} from '../scan-result.ts';
import type {FormatReader} from './read-result.ts';
import {malformed, shown} from './malformed.ts';
import {isPort} from './read-list.ts';
import {openParser, type SaxesTag} from './saxes.ts';

/** Nmap's XML, element by element. No entity is expanded but the five of XML itself. */
export const readXml: FormatReader = async (pieces, result, name) => {
	const parser = openParser();
	const reader = new XmlReader(result, problem => malformed(name, parser.line, problem));
	let atLastTag = 0;
	parser.on('opentag', tag => {
		atLastTag = parser.position;
		reader.open(tag);
	});
	parser.on('closetag', tag => {
		atLastTag = parser.position;
		reader.close(tag);
	});
	parser.on('error', error => {
		throw malformed(name, parser.line, reasonOf(error));
	});
	for await (const piece of pieces) {
		parser.write(piece);
		if (parser.position - atLastTag > LONGEST_MARKUP) {
			throw malformed(name, parser.line, `no element ends within ${LONGEST_MARKUP} characters`);
		}
	}

	parser.close();
	return {hasAllHosts: reader.hasAllHosts};
};

/** No element or text of a result is longer, in characters. */
const LONGEST_MARKUP = 1 << 24;

/** Saxes puts line and column first. */
const reasonOf = ({message}: Error): string => message.replace(/^(?:[^:]*:)?\d+:\d+: /, '');

type Failure = (problem: string) => Error;

type Attributes = Readonly<Record<string, string | undefined>>;

/** What the elements say. The address of a host comes before its ports. */
class XmlReader {
	readonly #result: ResultBuilder;
	readonly #failure: Failure;
	#isRoot = true;
	#hasAllHosts = true;
	#isInHost = false;
	#status: GrowingHost['status'] = 'up';
	#host: GrowingHost | undefined;
	#port: {readonly number: number; readonly protocol: string} | undefined;
	#hidden: {readonly state: string; isSpelledOut: boolean} | undefined;

	constructor(result: ResultBuilder, failure: Failure) {
		this.#result = result;
		this.#failure = failure;
	}

	/** Masscan has no element for a host without an open port. */
	get hasAllHosts(): boolean {
		return this.#hasAllHosts;
	}

	open({name, attributes}: SaxesTag): void {
		if (this.#isRoot) {
			this.#openRoot(name, attributes);
		} else if (name === 'host') {
			this.#isInHost = true;
		} else if (name === 'finished') {
			this.#finish(attributes);
		} else if (this.#isInHost) {
			this.#openInHost(name, attributes);
		}
	}

	close({name}: SaxesTag): void {
		if (name === 'host') {
			this.#isInHost = false;
			this.#host = undefined;
		} else if (name === 'port') {
			this.#port = undefined;
		} else if (name === 'extraports' && this.#hidden !== undefined) {
			if (!this.#hidden.isSpelledOut) {
				this.#host?.hide(this.#hidden.state, 'tcp', undefined);
			}

			this.#hidden = undefined;
		}
	}

	#openRoot(name: string, {scanner}: Attributes): void {
		if (name !== 'nmaprun') {
			throw this.#failure(`expected the element \`nmaprun\`, got ${shown(name)}`);
		}

		this.#isRoot = false;
		this.#hasAllHosts = scanner !== 'masscan';
	}

	/** A scan that did not get to its end says so. */
	#finish({exit, errormsg = 'it failed'}: Attributes): void {
		if (exit === 'error') {
			this.#result.problem(`its scan did not get to the end: ${errormsg}`);
		}
	}

	#openInHost(name: string, attributes: Attributes): void {
		switch (name) {
			case 'status': {
				this.#status = attributes.state === 'down' ? 'down' : 'up';
				break;
			}

			case 'address': {
				this.#openAddress(attributes);
				break;
			}

			case 'hostname': {
				this.#theHost(name).name ??= attributes.name ?? '';
				break;
			}

			case 'port': {
				this.#openPort(attributes);
				break;
			}

			case 'state': {
				this.#openState(attributes);
				break;
			}

			case 'extraports': {
				this.#hidden = {state: attributes.state ?? 'unknown', isSpelledOut: false};
				break;
			}

			case 'extrareasons': {
				this.#openReasons(attributes);
				break;
			}

			default:
		}
	}

	#openAddress({addr = '', addrtype}: Attributes): void {
		if (addrtype === 'mac') {
			return;
		}

		this.#host = this.#result.host(addr);
		if (this.#host === undefined) {
			throw this.#failure(`expected an address, got ${shown(addr)}`);
		}

		this.#host.status = this.#status;
	}

	#openPort({portid, protocol = 'tcp'}: Attributes): void {
		if (!isPort(portid)) {
			throw this.#failure(`expected a port, got ${shown(portid ?? '')}`);
		}

		this.#port = {number: Number(portid), protocol};
	}

	#openState({state = 'unknown'}: Attributes): void {
		if (this.#port !== undefined) {
			this.#theHost('state').list(this.#port.number, this.#port.protocol, state);
		}
	}

	/** Nmap says which ports it sums up from version 7.90 on. */
	#openReasons({ports, proto = 'tcp'}: Attributes): void {
		if (ports === undefined || this.#hidden === undefined) {
			return;
		}

		const ranges = this.#result.ranges(ports);
		if (ranges === undefined) {
			throw this.#failure(`expected ports, got ${shown(ports)}`);
		}

		this.#hidden.isSpelledOut = true;
		this.#theHost('extrareasons').hide(this.#hidden.state, proto, ranges);
	}

	#theHost(element: string): GrowingHost {
		if (this.#host === undefined) {
			throw this.#failure(`expected the address of the host before \`${element}\``);
		}

		return this.#host;
	}
}
