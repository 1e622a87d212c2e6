import type {ScanEvent, ScanPlan} from '@halfopen/model';
import {ladderSvg, ladderText, StoryBook, type Story} from '@halfopen/output';
import {OWN_SERVICES, type ServiceBook} from '@halfopen/services';
import {parsePorts} from '@halfopen/targets';
import {withOption} from '../options/option-error.ts';
import type {Settings} from '../options/settings.ts';

/** What `--explain` says when no ports are behind it. */
const EVERY_PORT = '0-';

/** Stories in one picture. */
const MOST_DRAWN = 500;

/** Explains how ports came by their states: as text behind each host, and as a picture at the end. */
export class Explainer {
	readonly #settings: Settings;
	readonly #ports: readonly number[];
	readonly #services: ServiceBook;
	#book: StoryBook;
	readonly #drawn: Story[] = [];
	#notDrawn = 0;

	/** @throws ScanError `ERR_HALFOPEN_OPTION` when the ports of `--explain` are none */
	constructor(settings: Settings, services: ServiceBook = OWN_SERVICES) {
		const {explain = EVERY_PORT} = settings;
		this.#settings = settings;
		this.#services = services;
		this.#ports = explain === EVERY_PORT ? [] : parse(explain, services);
		this.#book = this.#newBook('syn');
	}

	begin({scanType}: ScanPlan): void {
		this.#book = this.#newBook(scanType);
	}

	/** What there is to say now, behind the report of the host. */
	tell(event: ScanEvent): string {
		switch (event.type) {
			case 'packet': {
				this.#book.packet(event.packet);
				return '';
			}

			case 'decision': {
				this.#book.decision(event.decision);
				return '';
			}

			case 'host': {
				const hasPorts = event.report.ports.length > 0; // Behind these comes a blank line
				const host = this.#book.takeHost(event.report, this.#settings);
				const ports = this.#explain(this.#book.take(event.report, this.#settings));
				return this.#explainsHosts && host !== '' ? `${hasPorts ? '' : '\n'}${host}${ports}` : ports;
			}

			case 'end': {
				const {isFull} = this.#book;
				const text = this.#explain(this.#book.takeRest());
				return isFull && this.#settings.explain !== undefined
					? `${text}Not all ports are explained, since they are too many: name those that matter, as in --explain=22,80\n\n`
					: text;
			}

			default: {
				return '';
			}
		}
	}

	/** All that was explained. */
	picture(): string {
		return ladderSvg(this.#drawn, this.#notDrawn);
	}

	/** Where ports are named, these alone are explained. */
	get #explainsHosts(): boolean {
		return this.#settings.explain === EVERY_PORT;
	}

	#newBook(scanType: ScanPlan['scanType']): StoryBook {
		return new StoryBook(this.#ports, scanType, {services: this.#services});
	}

	#explain(stories: readonly Story[]): string {
		if (this.#settings.explainSvg !== undefined) {
			const room = MOST_DRAWN - this.#drawn.length;
			this.#drawn.push(...stories.slice(0, room));
			this.#notDrawn += Math.max(0, stories.length - room);
		}

		return this.#settings.explain === undefined ? '' : stories.map(ladderText).join('');
	}
}

const parse = (ports: string, services: ServiceBook): readonly number[] => {
	try {
		return [...parsePorts(ports, services).ports];
	} catch (error) {
		throw withOption('--explain', error);
	}
};
