import type {GrowingHost, ResultBuilder} from '../scan-result.ts';
import {type JsonText, jsonTexts} from './json-texts.ts';
import {malformed, shown} from './malformed.ts';
import type {FormatReader} from './read-result.ts';

/** NDJSON and JSON of halfopen; and the JSON of masscan, whose hosts have the state of a port in `status`. */
export const readJson: FormatReader = async (pieces, result, name) => {
	let hasAllHosts = true;
	let outcome: string | undefined;
	for await (const text of jsonTexts(pieces, name)) {
		const reader = new JsonReader(result, problem => malformed(name, text.line, problem));
		const value = reader.parse(text);
		outcome = reader.read(value) ?? outcome;
		hasAllHosts &&= value.ip === undefined;
	}

	if (hasAllHosts && outcome !== 'finished') {
		result.problem(outcome === undefined ? 'its end is missing' : `its scan was ${outcome}`);
	}

	return {hasAllHosts};
};

type Members = Readonly<Record<string, unknown>>;

type Failure = (problem: string) => Error;

class JsonReader {
	readonly #result: ResultBuilder;
	readonly #failure: Failure;

	constructor(result: ResultBuilder, failure: Failure) {
		this.#result = result;
		this.#failure = failure;
	}

	parse({text}: JsonText): Members {
		try {
			return JSON.parse(text) as Members;
		} catch {
			throw this.#failure(`expected JSON, got ${shown(text)}`);
		}
	}

	/** Takes a host, a port, or the end of the scan; returns its outcome then. What else there is says nothing of ports. */
	read(value: Members): string | undefined {
		const address = value.address ?? value.ip;
		if (address === undefined) {
			return outcomeOf(value);
		}

		const host = this.#host(address);
		const name = value.reverseName ?? value.name;
		if (typeof name === 'string') {
			host.name = name;
		}

		if (value.type === 'port') {
			this.#readPort(value, host);
			return undefined;
		}

		host.status = value.status === 'down' ? 'down' : 'up';
		for (const port of listOf(value.ports)) {
			this.#readPort(port, host);
		}

		for (const group of listOf(value.notShown)) {
			this.#readHidden(group, host);
		}

		return undefined;
	}

	#host(address: unknown): GrowingHost {
		const host = typeof address === 'string' ? this.#result.host(address) : undefined;
		if (host === undefined) {
			throw this.#failure(`expected an address, got ${shown(String(address))}`);
		}

		return host;
	}

	#readPort(value: Members, host: GrowingHost): void {
		const {port, protocol = value.proto ?? 'tcp', state = value.status} = value;
		if (typeof port !== 'number' || !(port >= 0 && port <= 65_535) || typeof state !== 'string') {
			throw this.#failure(`expected a port with a state, got ${shown(JSON.stringify(value))}`);
		}

		host.list(port, String(protocol), state);
	}

	#readHidden({state, ports}: Members, host: GrowingHost): void {
		const ranges = typeof ports === 'string' ? this.#result.ranges(ports) : undefined;
		if (ranges === undefined || typeof state !== 'string') {
			throw this.#failure(`expected ports that are not shown with their state, got ${shown(String(ports))}`);
		}

		host.hide(state, 'tcp', ranges);
	}
}

/** What is no object is one without members. */
const listOf = (value: unknown): readonly Members[] =>
	Array.isArray(value)
		? value.map((element: unknown) =>
				typeof element === 'object' && element !== null ? (element as Members) : {},
			)
		: [];

/** In NDJSON the end has a line, in JSON a member. */
const outcomeOf = (value: Members): string | undefined => {
	const end = value.type === 'end' ? value : (value.end as Members | undefined);
	return typeof end?.outcome === 'string' ? end.outcome : undefined;
};
