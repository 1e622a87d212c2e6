import type {AddressKey, Micros} from '@halfopen/model';
import type {DiscoveryTiming, DiscoveryWay, TryHistory} from '@halfopen/timing';

/** A host that was found after several tries, while more answers may come. */
interface Sequel {
	readonly way: DiscoveryWay;
	/** Tries that it may still answer. */
	left: number;
	/** Of its tries, those that count as lost; the last first. */
	lost: TryHistory | undefined;
	/** When the try was sent that alone is left; `undefined` when that is not known. */
	readonly sentAt: Micros | undefined;
}

/** Hosts remembered; what others answer once more teaches nothing. */
const MOST_HOSTS = 4096;

/**
 * Further answers of hosts that were asked several times and whose answers do not tell the try. As many answers as tries
 * mean that none was lost, whatever the first answer was taken for.
 */
export class Sequels {
	readonly #timing: DiscoveryTiming;
	readonly #hosts = new Map<AddressKey, Sequel>();

	constructor(timing: DiscoveryTiming) {
		this.#timing = timing;
	}

	/** A host was found. `tries` are those that it had, the latest sent at `sentAt`, and `lost` those taken to be lost. */
	expect(
		key: AddressKey,
		{way, tries, lost, sentAt}: Pick<Sequel, 'way' | 'lost' | 'sentAt'> & {readonly tries: number},
	): void {
		if (tries > 1 && this.#hosts.size < MOST_HOSTS) {
			this.#hosts.set(key, {way, left: tries - 1, lost, sentAt: tries === 2 ? sentAt : undefined});
		}
	}

	/** Another answer came. False when it is not to a try: the host answered them all, or none is known of it. */
	onAnswer(key: AddressKey, receivedAt: Micros): boolean {
		const sequel = this.#hosts.get(key);
		if (sequel === undefined) {
			return false;
		}

		const {way, lost, sentAt} = sequel;
		if (lost !== undefined) {
			this.#timing.onNotLost(way, lost.span);
			sequel.lost = lost.previous;
		}

		if (sentAt !== undefined) {
			this.#timing.patience.learn({way, sentAt, receivedAt});
		}

		sequel.left--;
		if (sequel.left === 0) {
			this.#hosts.delete(key);
		}

		return true;
	}
}
